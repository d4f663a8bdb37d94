package dev.sluice.sops;

import dev.sluice.sops.document.Branch;
import dev.sluice.sops.document.Comment;
import dev.sluice.sops.document.Entry;
import dev.sluice.sops.document.Items;
import dev.sluice.sops.document.Leaf;
import dev.sluice.sops.document.Member;
import dev.sluice.sops.document.Nothing;
import dev.sluice.sops.document.Text;
import dev.sluice.sops.document.Value;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** One walk over the documents of a file in clear: encrypts what the rule selects and sums up. */
final class TreeEncryption {
    private final byte[] key;
    private final Selection selection;
    private final Checksum checksum;
    private final SecureRandom random;

    TreeEncryption(byte[] key, Selection selection, Checksum checksum, SecureRandom random) {
        this.key = key;
        this.selection = selection;
        this.checksum = checksum;
        this.random = random;
    }

    Branch encrypt(Branch document) throws SopsException {
        return branch(document, Scope.top(selection));
    }

    private Branch branch(Branch branch, Scope scope) throws SopsException {
        List<Member> members = new ArrayList<>(branch.members().size());
        for (Member member : branch.members()) {
            switch (member) {
                case Comment comment ->
                        members.add(new Comment(comment(comment, scope), comment.inline()));
                case Entry(String name, Value value) -> {
                    members.add(new Entry(name, value(value, scope.under(name))));
                    scope.afterValue();
                }
            }
        }
        return new Branch(members);
    }

    private Value value(Value value, Scope scope) throws SopsException {
        return switch (value) {
            case Branch branch -> branch(branch, scope.inside());
            case Items items -> items(items, scope.inside());
            case Comment comment -> throw new IllegalArgumentException("a comment is no value");
            case Nothing nothing -> nothing;
            case Leaf leaf -> leaf(leaf, scope);
        };
    }

    private Items items(Items items, Scope scope) throws SopsException {
        List<Value> values = new ArrayList<>(items.values().size());
        for (Value item : items.values()) {
            if (item instanceof Comment comment) {
                String text = comment(comment, scope);
                boolean encrypted = !text.equals(comment.text());
                // An encrypted comment stands as an item in a list.
                values.add(encrypted ? Text.of(text) : comment);
            } else {
                values.add(value(item, scope));
                scope.afterValue();
            }
        }
        return new Items(values);
    }

    private String comment(Comment comment, Scope scope) throws SopsException {
        if (!scope.selectsComment(comment.text()) || comment.text().isEmpty()) {
            return comment.text();
        }
        String sealed = Envelope.seal(comment, key, scope.additionalData(), random);
        if (selection.matchesComment(sealed)) {
            throw new SopsException(
                    SopsException.Kind.FORMAT,
                    "an encrypted comment below "
                            + scope.shown()
                            + " matches the comment rule itself, and could not be decrypted: choose a more exact expression",
                    scope.shown());
        }
        return sealed;
    }

    private Leaf leaf(Leaf leaf, Scope scope) {
        boolean selected = scope.selects();
        checksum.take(leaf, selected);
        boolean empty = leaf instanceof Text text && text.isEmpty();
        return selected && !empty
                ? Text.of(Envelope.seal(leaf, key, scope.additionalData(), random))
                : leaf;
    }
}
