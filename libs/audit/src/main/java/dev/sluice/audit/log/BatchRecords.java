package dev.sluice.audit.log;

import dev.sluice.audit.LoggedRecord;
import dev.sluice.audit.LoggedRecord.Header;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a batch, as far as they can be read. Lengths are bounded before memory is
 * taken, and what is unpacked is bounded in all.
 */
final class BatchRecords {

    /** A broker of ours takes batches of 12 MiB, packed. */
    private static final int LARGEST_PART = 16 << 20;

    private static final long LARGEST_BATCH = 256L << 20;
    private static final int MOST_HEADERS = 1000;

    private final String topic;
    private final int partition;
    private final Batch batch;
    private final List<LoggedRecord> records = new ArrayList<>();
    private @Nullable String trouble;
    private long taken;

    private BatchRecords(String topic, int partition, Batch batch) {
        this.topic = topic;
        this.partition = partition;
        this.batch = batch;
    }

    static BatchRecords of(String topic, int partition, Batch batch) {
        BatchRecords read = new BatchRecords(topic, partition, batch);
        read.readAll();
        return read;
    }

    /** Those that could be read: all, or those before the first that could not. */
    List<LoggedRecord> records() {
        return records;
    }

    /** Why some could not be read, or what is wrong with the bytes; null where all is well. */
    @Nullable String trouble() {
        return trouble;
    }

    /** Of a control batch: whether what its producer wrote before counts. */
    static boolean isCommit(Batch control) {
        BatchRecords read = of("", 0, control);
        // Version and type of the marker, two bytes each, are the key; 1 is a commit.
        return read.records.size() == 1 && read.records.getFirst().key().endsWith("\u0001");
    }

    private void readAll() {
        try (DataInputStream in = new DataInputStream(batch.payload())) {
            for (int i = 0; i < batch.count(); i++) {
                records.add(next(in));
            }
            if (in.read() >= 0) {
                trouble = "bytes lie behind its last record";
            }
        } catch (IOException | KafkaException | IllegalArgumentException e) {
            trouble = "record %d of %d cannot be read".formatted(records.size() + 1, batch.count());
        }
    }

    /** Length, attributes, time, offset, key, value, headers. */
    private LoggedRecord next(DataInputStream in) throws IOException {
        number(in);
        in.readByte();
        Instant at = Instant.ofEpochMilli(batch.timestamp(number(in)));
        long offset = batch.baseOffset() + number(in);
        byte[] key = part(in);
        byte[] body = part(in);
        long count = number(in);
        if (count < 0 || count > MOST_HEADERS) {
            throw new IOException(count + " headers");
        }
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            headers.add(new Header(text(part(in)), part(in)));
        }
        return new LoggedRecord(topic, partition, offset, at, text(key), headers, body);
    }

    private byte @Nullable [] part(DataInputStream in) throws IOException {
        long length = number(in);
        if (length < 0) {
            return null;
        }
        taken += length;
        if (length > LARGEST_PART || taken > LARGEST_BATCH) {
            throw new IOException(length + " bytes are too many");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    /** Seven bits a byte, the lowest first; the sign is the last bit. */
    private static long number(DataInputStream in) throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = in.readUnsignedByte();
            zigzag |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new IOException("a number without an end");
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
