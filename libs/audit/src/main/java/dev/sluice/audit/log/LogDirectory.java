package dev.sluice.audit.log;

import dev.sluice.audit.LogVisitor;
import dev.sluice.audit.LoggedRecord;
import dev.sluice.events.Topic;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.FileLogInputStream;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.Record;
import org.jspecify.annotations.Nullable;

/**
 * The log directory of a Kafka broker: for each partition a folder of segments. Nothing is written,
 * so it may be a copy, and the broker may be stopped or running.
 */
public final class LogDirectory implements RecordLog {

    private static final String SEGMENT = ".log";

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
                try (DirectoryStream<Path> topics =
                        Files.newDirectoryStream(candidate, "sluice.*-[0-9]*")) {
                    if (topics.iterator().hasNext()) {
                        return new LogDirectory(candidate);
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
        for (Topic topic : topics) {
            for (Path folder : partitions(topic.topicName())) {
                readPartition(topic.topicName(), folder, visitor);
            }
        }
    }

    private List<Path> partitions(String topic) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, topic + "-[0-9]*")) {
            found.forEach(folders::add);
        }
        Collections.sort(folders);
        return folders;
    }

    private static void readPartition(String topic, Path folder, LogVisitor visitor)
            throws IOException {
        String name = String.valueOf(folder.getFileName());
        int partition = Integer.parseInt(name.substring(topic.length() + 1));
        TreeMap<Long, Path> segments = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SEGMENT)) {
            for (Path file : files) {
                String start = String.valueOf(file.getFileName());
                segments.put(
                        Long.valueOf(start.substring(0, start.length() - SEGMENT.length())), file);
            }
        }
        if (segments.isEmpty()) {
            return;
        }
        visitor.begins(topic, partition, segments.firstKey());
        for (Path segment : segments.values()) {
            readSegment(topic, partition, segment.toFile(), visitor);
        }
    }

    private static void readSegment(String topic, int partition, File file, LogVisitor visitor)
            throws IOException {
        try (FileRecords records = FileRecords.open(file, false)) {
            for (FileLogInputStream.FileChannelRecordBatch batch : records.batches()) {
                String place = topic + '-' + partition + '@' + batch.baseOffset();
                try {
                    batch.ensureValid();
                    if (!batch.isControlBatch()) {
                        for (Record record : batch) {
                            visitor.record(logged(topic, partition, record));
                        }
                    }
                } catch (KafkaException e) {
                    visitor.damaged(
                            place,
                            "the bytes of the records from here to %d were changed: %s"
                                    .formatted(batch.lastOffset(), e.getMessage()));
                }
            }
        } catch (KafkaException e) {
            visitor.damaged(
                    topic + '-' + partition,
                    "the segment %s cannot be read to its end: %s"
                            .formatted(file.getName(), e.getMessage()));
        }
    }

    private static LoggedRecord logged(String topic, int partition, Record record) {
        List<LoggedRecord.Header> headers = new ArrayList<>();
        for (org.apache.kafka.common.header.Header header : record.headers()) {
            headers.add(new LoggedRecord.Header(header.key(), header.value()));
        }
        byte[] key = bytes(record.key());
        return new LoggedRecord(
                topic,
                partition,
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                key == null ? "" : new String(key, StandardCharsets.UTF_8),
                headers,
                bytes(record.value()));
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
