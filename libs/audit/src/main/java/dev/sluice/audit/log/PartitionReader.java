package dev.sluice.audit.log;

import dev.sluice.audit.LogVisitor;
import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.Span;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments of one partition, and tells what is not as a broker writes it: bytes that are
 * no records, offsets that are left out or do not grow.
 */
final class PartitionReader {

    /** How long a batch of a running broker may be half written. */
    private static final long HALF_WRITTEN_MILLIS = 200;

    /** What a broken batch says of its length is believed up to here. */
    private static final long PLAUSIBLE = 100_000;

    private final String topic;
    private final int partition;
    private final LogVisitor visitor;

    /** By producer, what its open transaction has written. */
    private final Map<Long, List<LoggedRecord>> open = new HashMap<>();

    private long next;
    private @Nullable String trouble;
    private long troubleTo;

    PartitionReader(String topic, int partition, LogVisitor visitor) {
        this.topic = topic;
        this.partition = partition;
        this.visitor = visitor;
    }

    /**
     * Reads.
     *
     * @param segments by the offset in their names, at least one
     * @param known the offset up to which the broker has noted that it has written; 0 where there
     *     is no note
     */
    void read(SortedMap<Long, Path> segments, long known) throws IOException {
        next = segments.firstKey();
        visitor.begins(topic, partition, next);
        for (Path segment : segments.values()) {
            boolean last = segment.equals(segments.get(segments.lastKey()));
            try (FileChannel file = FileChannel.open(segment)) {
                read(file, last);
            }
        }
        long end = Math.max(known, segments.lastKey());
        if (trouble != null) {
            damagedUpTo(Math.max(troubleTo, end - 1));
        }
        if (end > next) {
            visitor.absent(span(next, end - 1));
        }
    }

    private void read(FileChannel file, boolean last) throws IOException {
        SegmentReader reader = new SegmentReader(file);
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            if (!batch.intact() && last && reader.atEnd() && grows(file)) {
                reader = reader.again();
            } else if (batch.intact()) {
                intact(batch);
            } else {
                broken(batch);
            }
        }
    }

    /** Whether somebody is writing just now. */
    private static boolean grows(FileChannel file) throws IOException {
        long size = file.size();
        try {
            Thread.sleep(HALF_WRITTEN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return file.size() > size;
    }

    private void intact(Batch batch) {
        long from = batch.baseOffset();
        if (trouble != null && from > next) {
            damagedUpTo(from - 1);
        } else if (trouble != null) {
            trouble = null;
            visitor.damaged(span(from, from), "bytes that are no records lie before it");
        }
        if (from > next) {
            visitor.absent(span(next, from - 1));
        } else if (from < next) {
            visitor.late(span(from, batch.lastOffset()));
        }
        next = Math.max(next, batch.lastOffset() + 1);
        if (batch.isControl()) {
            List<LoggedRecord> written = open.remove(batch.producer());
            if (written != null && BatchRecords.isCommit(batch)) {
                written.forEach(visitor::record);
            }
            return;
        }
        BatchRecords read = BatchRecords.of(topic, partition, batch);
        long after = checkOffsets(batch, read.records());
        String why = read.trouble();
        if (why != null) {
            visitor.damaged(span(Math.min(after, batch.lastOffset()), batch.lastOffset()), why);
        } else if (after <= batch.lastOffset()) {
            visitor.absent(span(after, batch.lastOffset()));
        }
        if (batch.isTransactional()) {
            open.merge(
                    batch.producer(),
                    read.records(),
                    (a, b) -> {
                        a.addAll(b);
                        return a;
                    });
        } else {
            read.records().forEach(visitor::record);
        }
    }

    /** Returns the offset after the last record. */
    private long checkOffsets(Batch batch, List<LoggedRecord> records) {
        long expected = batch.baseOffset();
        for (LoggedRecord record : records) {
            if (record.offset() > expected) {
                visitor.absent(span(expected, record.offset() - 1));
            } else if (record.offset() < expected) {
                visitor.late(span(record.offset(), record.offset()));
            }
            expected = Math.max(expected, record.offset() + 1);
        }
        return expected;
    }

    /** What can be read of it is told, for a signature may show that it is genuine. */
    private void broken(Batch batch) {
        long expected = trouble == null ? next : troubleTo + 1;
        trouble = "the bytes were changed: the checksum of the batch does not fit";
        troubleTo =
                batch.baseOffset() == expected && batch.lastOffset() - expected < PLAUSIBLE
                        ? batch.lastOffset()
                        : Math.max(troubleTo, next);
        if (!batch.isControl() && !batch.isTransactional()) {
            BatchRecords.of(topic, partition, batch).records().stream()
                    .filter(record -> record.offset() >= next && record.offset() <= troubleTo)
                    .forEach(visitor::record);
        }
    }

    private void damagedUpTo(long last) {
        String why = String.valueOf(trouble);
        visitor.damaged(span(next, Math.max(next, last)), why);
        next = Math.max(next, last + 1);
        trouble = null;
        troubleTo = 0;
    }

    private Span span(long from, long to) {
        return new Span(topic, partition, from, to);
    }
}
