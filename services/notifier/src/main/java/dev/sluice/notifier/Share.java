package dev.sluice.notifier;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;

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
        int number = Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % all;
        return partitions.contains(number) ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
