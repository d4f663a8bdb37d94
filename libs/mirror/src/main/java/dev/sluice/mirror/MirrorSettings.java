package dev.sluice.mirror;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is copied, from where to where, and how fast.
 *
 * @param cluster whose history it is; part of the transactional id
 * @param source settings of the client at the plant
 * @param target settings of the client at the centre
 * @param topics their names are the same on both sides, their partitions too
 * @param recordsPerSecond at most, so that the catch-up after a long cut leaves room on the link
 * @param historyLimit how many bytes the history may take at the plant; -1 for no bound. Told to
 *     the centre
 * @param beat how often the centre is told that all is well, also where nothing happens
 */
public record MirrorSettings(
        String cluster,
        Map<String, Object> source,
        Map<String, Object> target,
        List<String> topics,
        int recordsPerSecond,
        long historyLimit,
        Duration beat) {

    /** Where the marks stand, in the target: compacted, one key for each partition and cluster. */
    public static final String MARKS = "sluice.mirror";

    public MirrorSettings {
        source = Map.copyOf(source);
        target = Map.copyOf(target);
        topics = List.copyOf(topics);
        if (recordsPerSecond < 1) {
            throw new IllegalArgumentException("at least one record per second must go through");
        }
    }
}
