package dev.sluice.audit;

import java.util.ArrayList;
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

    /** The first record, whose link leads to the run before. */
    @Nullable Entry first() {
        return first;
    }

    long highest() {
        return highest;
    }

    /** The digest of the record with the highest number, where nothing is out of order. */
    String lastDigest() {
        return last != null && disorder.isEmpty() ? last.digest() : "";
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(broken);
        if (!disorder.isEmpty()) {
            misplaced(findings);
            if (!compacted) {
                missing(findings);
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
                && !before.digest().isEmpty()
                && !before.digest().equals(previous.digest())) {
            broken.add(
                    before.finding(
                            Finding.Kind.CHANGED,
                            "its digest is not the one that the next record, "
                                    + entry.event()
                                    + ", has of it"));
        }
    }

    /** Those that are not part of the longest row of growing numbers. */
    private void misplaced(List<Finding> findings) {
        long base = last == null ? 0 : last.number();
        Set<Integer> inOrder = longestGrowing(base);
        Map<Long, String> there = new HashMap<>();
        inOrder.forEach(i -> there.put(disorder.get(i).number(), disorder.get(i).place()));
        for (int i = 0; i < disorder.size(); i++) {
            Entry entry = disorder.get(i);
            if (inOrder.contains(i)) {
                continue;
            }
            boolean twice = there.putIfAbsent(entry.number(), entry.place()) != null;
            if (twice || isBefore(entry.number(), base)) {
                findings.add(
                        entry.finding(
                                Finding.Kind.REPEATED,
                                "number %d of its run is there before".formatted(entry.number())));
            } else {
                findings.add(
                        entry.finding(
                                Finding.Kind.REORDERED,
                                "number %d of its run lies among others than it was written with: after %s"
                                        .formatted(entry.number(), neighbour(i))));
            }
        }
    }

    /** All numbers up to the base are there, but where compaction took some. */
    private boolean isBefore(long number, long base) {
        return number == base
                || (!compacted && first != null && number < base && number >= first.number());
    }

    private String neighbour(int index) {
        Entry before = index == 0 ? last : disorder.get(index - 1);
        return before == null ? "none" : "number " + before.number() + ", " + before.event();
    }

    /** Numbers between those that are there, but for those that the writer knows to be lost. */
    private void missing(List<Finding> findings) {
        TreeMap<Long, Entry> there = new TreeMap<>();
        disorder.forEach(entry -> there.putIfAbsent(entry.number(), entry));
        long before = last == null ? 0 : last.number();
        for (Map.Entry<Long, Entry> next : there.entrySet()) {
            List<Long> gone = new ArrayList<>();
            for (long number = before + 1; number < next.getKey(); number++) {
                if (!lost.contains(number)) {
                    gone.add(number);
                }
            }
            if (!gone.isEmpty()) {
                findings.add(gap(gone, next.getValue()));
            }
            before = Math.max(before, next.getKey());
        }
    }

    private static Finding gap(List<Long> gone, Entry next) {
        Link.Previous previous = next.previous();
        String event = previous == null ? "" : previous.event();
        String message =
                gone.size() == 1
                        ? "a record is missing before this place, where %s lies: number %d of run %s"
                                .formatted(next.event(), gone.getFirst(), next.link().run())
                        : "%d records are missing before this place, where %s lies: numbers %d to %d of run %s; the event named is the last of them"
                                .formatted(
                                        gone.size(),
                                        next.event(),
                                        gone.getFirst(),
                                        gone.getLast(),
                                        next.link().run());
        return new Finding(Finding.Kind.MISSING, next.place(), "", event, message);
    }

    /** Indexes into the disorder; patience sorting. */
    private Set<Integer> longestGrowing(long base) {
        List<Integer> tails = new ArrayList<>();
        int[] before = new int[disorder.size()];
        for (int i = 0; i < disorder.size(); i++) {
            long number = disorder.get(i).number();
            if (number <= base) {
                continue;
            }
            int low = 0;
            int high = tails.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (disorder.get(tails.get(middle)).number() < number) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : tails.get(low - 1);
            if (low == tails.size()) {
                tails.add(i);
            } else {
                tails.set(low, i);
            }
        }
        Set<Integer> row = new HashSet<>();
        for (int i = tails.isEmpty() ? -1 : tails.getLast(); i >= 0; i = before[i]) {
            row.add(i);
        }
        return row;
    }
}
