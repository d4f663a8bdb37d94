package dev.sluice.sops.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A map: entries and comments in file order. A key may stand there twice where the format allows
 * it.
 */
public record Branch(List<Member> members) implements Value {
    public static final Branch EMPTY = new Branch(List.of());

    public Branch {
        members = List.copyOf(members);
    }

    /** The entries without the comments. */
    public List<Entry> entries() {
        return members.stream().filter(Entry.class::isInstance).map(Entry.class::cast).toList();
    }

    /** The first value of a key. */
    public Optional<Value> get(String key) {
        return entries().stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .findFirst();
    }

    /** A copy without the entries of a key. */
    public Branch without(String key) {
        return new Branch(
                members.stream()
                        .filter(member ->
                                !(member instanceof Entry entry && entry.key().equals(key)))
                        .toList());
    }

    /** A copy with an entry at the end. */
    public Branch with(String key, Value value) {
        List<Member> more = new ArrayList<>(members);
        more.add(new Entry(key, value));
        return new Branch(more);
    }

    @Override
    public String toString() {
        return "Branch of " + members.size();
    }
}
