package dev.sluice.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * In which partition records lie, and in which they were written. A copy of a topic may have fewer
 * partitions, so that the records of several come together; but those of one stay together, and no
 * partition takes the place of another.
 */
final class Homes {

    /** As its writer chose it. */
    private record Partition(String topic, int number) {}

    private final Set<Partition> there = new HashSet<>();

    /** By the partition that they were written to and the one where they are. */
    private final Map<Partition, Map<Integer, List<Entry>>> away = new HashMap<>();

    /** The log has such a partition. */
    void has(String topic, int partition) {
        there.add(new Partition(topic, partition));
    }

    void take(Entry entry) {
        Partition written = new Partition(entry.topic(), entry.link().partition());
        if (entry.partition() != written.number) {
            away.computeIfAbsent(written, _ -> new TreeMap<>())
                    .computeIfAbsent(entry.partition(), _ -> new ArrayList<>())
                    .add(entry);
        }
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        away.forEach((written, places) -> {
            boolean moved = places.size() == 1 && !there.contains(written);
            if (!moved) {
                places.values().forEach(entries -> entries.forEach(e -> findings.add(of(e))));
            }
        });
        return findings;
    }

    private static Finding of(Entry entry) {
        return entry.finding(
                Finding.Kind.REORDERED, "it was written to partition " + entry.link().partition());
    }
}
