package dev.sluice.audit.log;

import dev.sluice.audit.LogVisitor;
import dev.sluice.audit.Span;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log directory of a Kafka broker: for each partition a folder of segments. Nothing is written,
 * so it may be a copy, and the broker may be stopped or running.
 */
public final class LogDirectory implements RecordLog {

    private static final Pattern FOLDER = Pattern.compile("(sluice\\.[a-z-]+)-([0-9]{1,6})");
    private static final Pattern SEGMENT = Pattern.compile("([0-9]{20})\\.log");

    private final Path directory;

    private LogDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * @param data a data directory, or the log directory itself
     * @throws IOException where there is no log
     */
    public static LogDirectory in(Path data) throws IOException {
        for (Path candidate : List.of(data.resolve("kafka"), data)) {
            if (Files.isDirectory(candidate)) {
                LogDirectory log = new LogDirectory(candidate);
                for (Topic topic : Topic.values()) {
                    if (!log.partitions(topic).isEmpty()) {
                        return log;
                    }
                }
            }
        }
        throw new IOException(
                data
                        + " holds no log: name the directory that 'sluice up' has by --data, or a broker by --kafka");
    }

    @Override
    public void read(Collection<Topic> topics, LogVisitor visitor) throws IOException {
        // The notes first: a running broker writes on while the segments are read.
        BrokerNotes notes = BrokerNotes.in(directory);
        for (Topic topic : topics) {
            SortedMap<Integer, Path> partitions = partitions(topic);
            for (int partition : notes.partitions(topic.topicName())) {
                if (!partitions.containsKey(partition)) {
                    nothingThere(topic, partition, notes, visitor);
                }
            }
            for (Map.Entry<Integer, Path> folder : partitions.entrySet()) {
                SortedMap<Long, Path> segments = segments(folder.getValue());
                if (segments.isEmpty()) {
                    nothingThere(topic, folder.getKey(), notes, visitor);
                } else {
                    new PartitionReader(topic.topicName(), folder.getKey(), visitor)
                            .read(segments, notes.end(topic.topicName(), folder.getKey()));
                }
            }
        }
    }

    private static void nothingThere(
            Topic topic, int partition, BrokerNotes notes, LogVisitor visitor) {
        long end = notes.end(topic.topicName(), partition);
        if (end > 0) {
            visitor.absent(new Span(topic.topicName(), partition, 0, end - 1));
        }
    }

    private SortedMap<Integer, Path> partitions(Topic topic) throws IOException {
        SortedMap<Integer, Path> folders = new TreeMap<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(directory, topic.topicName() + "-[0-9]*")) {
            for (Path folder : found) {
                Matcher name = FOLDER.matcher(String.valueOf(folder.getFileName()));
                if (name.matches() && Files.isDirectory(folder)) {
                    folders.put(Integer.valueOf(name.group(2)), folder);
                }
            }
        }
        return folders;
    }

    private static SortedMap<Long, Path> segments(Path folder) throws IOException {
        SortedMap<Long, Path> segments = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = SEGMENT.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    segments.put(offset(name.group(1)), file);
                }
            }
        }
        return segments;
    }

    /** Twenty digits may be more than any offset is. */
    private static long offset(String digits) throws IOException {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IOException("no segment begins at " + digits + ": remove that file", e);
        }
    }
}
