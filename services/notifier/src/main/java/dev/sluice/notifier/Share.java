package dev.sluice.notifier;

import dev.sluice.topics.Partitions;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A part of the announcements.
 *
 * @param partitions their numbers
 * @param all how many partitions there are
 */
record Share(Set<Integer> partitions, int all) {

    Share {
        partitions = Set.copyOf(partitions);
    }

    /**
     * The partition of an object's announcements, as Kafka's producers choose it, if it is here.
     */
    OptionalInt partition(String key) {
        int number = Partitions.ofKey(key, all);
        return partitions.contains(number) ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
