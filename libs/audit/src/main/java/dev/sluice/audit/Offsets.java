package dev.sluice.audit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the broker put each record, as later ones of its run tell, against where it lies. In a copy
 * offsets may be others, but their order is the same; so this holds the order of what several
 * services wrote side by side.
 */
final class Offsets {

    /** Records that wait to be told of, and those told of that have not come, of each strand. */
    private static final int WAITING = 10_000;

    private record Shifted(long told, Entry entry) {}

    /** A record and the log of whose offsets it tells. */
    private record Placed(Entry entry, String log) {}

    private final Map<Strand, Map<Long, Placed>> unknown = new HashMap<>();
    private final Map<Strand, Map<Long, Long>> unseen = new HashMap<>();
    private final Map<String, List<Shifted>> shifted = new HashMap<>();
    private final Map<String, Confirmed> confirmed = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();

    void take(Strand strand, Entry entry) {
        Placed placed = new Placed(entry, log(strand, entry));
        Long told = of(unseen, strand).remove(entry.number());
        if (told == null) {
            of(unknown, strand).put(entry.number(), placed);
        } else {
            compare(told, placed);
        }
        Link.Previous previous = entry.previous();
        entry.link()
                .offsets()
                .forEach((number, offset) -> {
                    if (number != Link.RUN_BEFORE) {
                        tell(strand, number, offset);
                    } else if (previous != null) {
                        tell(strand.inRun(previous.run()), previous.number(), offset);
                    }
                });
    }

    /** By number, where those were that are not there. */
    Map<Long, Long> unseen(Strand strand) {
        return unseen.getOrDefault(strand, Map.of());
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (List<Shifted> pairs : shifted.values()) {
            pairs.sort(Comparator.comparingLong(Shifted::told));
            BitSet outOfPlace =
                    Disorder.of(pairs.stream().mapToLong(pair -> pair.entry.offset()).toArray());
            outOfPlace.stream()
                    .mapToObj(pairs::get)
                    .forEach(pair ->
                            findings.add(
                                    pair.entry.finding(
                                            Finding.Kind.REORDERED,
                                            "it was written at offset %d, before or after others than now"
                                                    .formatted(pair.told))));
        }
        return findings;
    }

    private void tell(Strand strand, long number, long offset) {
        Placed placed = of(unknown, strand).remove(number);
        if (placed == null) {
            of(unseen, strand).put(number, offset);
        } else {
            compare(offset, placed);
        }
    }

    /** Whether a record is known to lie where the broker put it. */
    boolean isInPlace(Entry entry) {
        Confirmed places = confirmed.get(entry.topic() + '-' + entry.partition());
        return places != null && places.has(entry.offset());
    }

    private void compare(long told, Placed placed) {
        Entry entry = placed.entry;
        if (entry.offset() == told) {
            confirmed
                    .computeIfAbsent(
                            entry.topic() + '-' + entry.partition(), _ -> new Confirmed(told))
                    .add(told);
        } else {
            shifted.computeIfAbsent(placed.log, _ -> new ArrayList<>())
                    .add(new Shifted(told, entry));
        }
    }

    /**
     * The centre of a fleet has the records of several plants in one partition, and those of one
     * that was set up anew behind the older ones: offsets of different logs say nothing of each
     * other.
     */
    private String log(Strand strand, Entry entry) {
        String cluster = entry.key().substring(0, Math.max(0, entry.key().indexOf('/')));
        String name = entry.topic() + '-' + entry.link().partition() + ' ' + cluster;
        Origin origin = origins.computeIfAbsent(name, _ -> new Origin());
        boolean fresh = entry.number() == 1 && entry.previous() == null;
        return name + ' ' + origin.log(strand.producer(), fresh);
    }

    private static <T> Map<Long, T> of(Map<Strand, Map<Long, T>> strands, Strand strand) {
        return strands.computeIfAbsent(strand, _ -> new Bounded<>());
    }

    /** Counts the logs of one plant: a service that begins again from nothing begins another. */
    private static final class Origin {

        private final Set<String> producers = new HashSet<>();
        private int count;

        int log(String producer, boolean fresh) {
            if (!producers.add(producer) && fresh) {
                producers.clear();
                producers.add(producer);
                count++;
            }
            return count;
        }
    }

    /** Offsets that lie close together. */
    private static final class Confirmed {

        /** How far from the first one they are remembered. */
        private static final long REACH = 50_000_000;

        private final long first;
        private final BitSet offsets = new BitSet();

        Confirmed(long first) {
            this.first = first;
        }

        void add(long offset) {
            if (offset >= first && offset - first < REACH) {
                offsets.set((int) (offset - first));
            }
        }

        boolean has(long offset) {
            return offset >= first && offset - first < REACH && offsets.get((int) (offset - first));
        }
    }

    /** Forgets the oldest. */
    private static final class Bounded<T> extends LinkedHashMap<Long, T> {

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
            return size() > WAITING;
        }
    }
}
