package dev.sluice.audit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a service wrote to one partition, taken in the order of the log. As long as all
 * is in order it remembers one record; from the first disorder on all of them, since only the end
 * shows who is out of place.
 */
final class RunCheck {

    private final boolean compacted;
    private final boolean fromItsStart;
    private final Set<Long> lost = new HashSet<>();
    private final Set<Long> changed = new HashSet<>();
    private final List<Entry> disorder = new ArrayList<>();
    private final List<Finding> broken = new ArrayList<>();
    private @Nullable Entry first;
    private @Nullable Entry last;
    private long highest;

    /**
     * @param compacted whether records may have been taken out on purpose
     * @param fromItsStart whether the log goes back to the run's first record
     */
    RunCheck(boolean compacted, boolean fromItsStart) {
        this.compacted = compacted;
        this.fromItsStart = fromItsStart;
    }

    void take(Entry entry) {
        lost.addAll(entry.link().lost());
        highest = Math.max(highest, entry.number());
        if (first == null) {
            first = entry;
        }
        if (disorder.isEmpty() && follows(entry)) {
            checkLink(last, entry);
            last = entry;
        } else {
            disorder.add(entry);
        }
    }

    /** Numbers of records that are there, but not as they were signed. Before the findings. */
    void takeChanged(Set<Long> numbers) {
        changed.addAll(numbers);
    }

    /** The first record, whose link leads to the run before. */
    @Nullable Entry first() {
        return first;
    }

    long highest() {
        long number = highest;
        while (changed.contains(number + 1)) {
            number++;
        }
        return number;
    }

    /** The digest of the record with the highest number, where nothing is out of order. */
    String lastDigest() {
        return last != null && disorder.isEmpty() && last.number() == highest()
                ? last.digest()
                : "";
    }

    /** Where the last record lies; negative where there is none. */
    long lastOffset() {
        return disorder.isEmpty() ? last == null ? -1 : last.offset() : disorder.getLast().offset();
    }

    /**
     * What is wrong with the order.
     *
     * @param offsets where the broker put the records, as far as that is known
     */
    List<Finding> findings(MissingRecords missing, Offsets offsets) {
        List<Finding> findings = new ArrayList<>(broken);
        if (!disorder.isEmpty()) {
            misplaced(offsets, findings);
            if (!compacted) {
                missing(missing, findings);
            }
        }
        return findings;
    }

    private boolean follows(Entry entry) {
        if (last == null) {
            return compacted || !fromItsStart || entry.number() == 1;
        }
        return compacted ? entry.number() > last.number() : entry.number() == last.number() + 1;
    }

    private void checkLink(@Nullable Entry before, Entry entry) {
        Link.Previous previous = entry.previous();
        if (before != null
                && previous != null
                && before.number() == previous.number()
                && !before.digest().equals(previous.digest())) {
            broken.add(
                    before.finding(
                            Finding.Kind.CHANGED,
                            "its digest is not the one that the next record, "
                                    + entry.event()
                                    + ", has of it"));
        }
    }

    private void misplaced(Offsets offsets, List<Finding> findings) {
        long base = last == null ? 0 : last.number();
        Map<Long, Entry> there = new HashMap<>();
        List<Entry> once = new ArrayList<>();
        for (Entry entry : disorder) {
            if (isBefore(entry.number(), base)
                    || there.putIfAbsent(entry.number(), entry) != null) {
                findings.add(
                        entry.finding(
                                Finding.Kind.REPEATED,
                                "number %d of its run is there before".formatted(entry.number())));
            } else {
                once.add(entry);
            }
        }
        BitSet outOfPlace = Disorder.of(once.stream().mapToLong(Entry::number).toArray());
        // Of two that changed places one may only have been between others that did.
        boolean all = outOfPlace.stream().allMatch(i -> offsets.isInPlace(once.get(i)));
        outOfPlace.stream()
                .filter(i -> all || !offsets.isInPlace(once.get(i)))
                .forEach(i ->
                        findings.add(
                                once.get(i)
                                        .finding(
                                                Finding.Kind.REORDERED,
                                                "number %d of its run lies among others than it was written with: after %s"
                                                        .formatted(
                                                                once.get(i).number(),
                                                                neighbour(once, i)))));
    }

    /** All numbers up to the base are there, but where compaction took some. */
    private boolean isBefore(long number, long base) {
        return number == base
                || (!compacted && first != null && number < base && number >= first.number());
    }

    private String neighbour(List<Entry> row, int index) {
        Entry before = index == 0 ? last : row.get(index - 1);
        return before == null ? "none" : "number " + before.number() + ", " + before.event();
    }

    /** Numbers between those that are there, but for those that the writer knows to be lost. */
    private void missing(MissingRecords missing, List<Finding> findings) {
        TreeMap<Long, Entry> there = new TreeMap<>();
        disorder.forEach(entry -> there.putIfAbsent(entry.number(), entry));
        Entry before = last;
        long base = last == null ? 0 : last.number();
        for (Entry next : there.tailMap(base, false).values()) {
            if (before != null || fromItsStart) {
                long from = before == null ? 1 : before.number() + 1;
                findings.addAll(missing.between(before, next, gone(from, next.number())));
            }
            before = next;
        }
    }

    /** No more of them than are named: a number may be anything that somebody signed. */
    private List<Long> gone(long from, long to) {
        List<Long> gone = new ArrayList<>();
        for (long number = from; number < to; number++) {
            if (!lost.contains(number) && !changed.contains(number)) {
                gone.add(number);
            }
            if (gone.size() > MissingRecords.NAMED) {
                gone.add(to - 1);
                break;
            }
        }
        return gone;
    }
}
