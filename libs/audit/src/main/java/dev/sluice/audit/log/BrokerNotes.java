package dev.sluice.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a broker notes beside its log: up to where each partition has been written and was known to
 * be safe. It lags behind by some seconds, so a log that ends before is shorter than it was.
 */
final class BrokerNotes {

    private static final List<String> FILES =
            List.of("replication-offset-checkpoint", "recovery-point-offset-checkpoint");

    private final Map<String, Map<Integer, Long>> ends = new HashMap<>();

    private BrokerNotes() {}

    /** What can be read of them; lines that are none of the broker's are passed over. */
    static BrokerNotes in(Path directory) throws IOException {
        BrokerNotes notes = new BrokerNotes();
        for (String name : FILES) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file)) {
                Files.readAllLines(file, StandardCharsets.ISO_8859_1).forEach(notes::take);
            }
        }
        return notes;
    }

    /** The partitions of a topic that are spoken of. */
    Set<Integer> partitions(String topic) {
        return ends.getOrDefault(topic, Map.of()).keySet();
    }

    /** The offset up to which the partition was written; 0 where nothing is noted. */
    long end(String topic, int partition) {
        return ends.getOrDefault(topic, Map.of()).getOrDefault(partition, 0L);
    }

    private void take(String line) {
        String[] words = line.split(" ");
        if (words.length == 3
                && words[1].matches("[0-9]{1,6}")
                && words[2].matches("[0-9]{1,18}")) {
            ends.computeIfAbsent(words[0], _ -> new TreeMap<>())
                    .merge(Integer.valueOf(words[1]), Long.valueOf(words[2]), Math::max);
        }
    }
}
