package dev.sluice.audit.log;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;

/**
 * A batch of records as its bytes lie in a segment: format 2 of Kafka, the only one that version 4
 * writes. The bytes may have been changed by anybody, so nothing in them is believed.
 *
 * @param bytes from the batch's first to its last
 * @param intact whether its checksum fits
 */
record Batch(ByteBuffer bytes, boolean intact) {

    /** Bytes before the first record. */
    static final int HEADER = 61;

    /** Where the length lies. It counts the bytes behind itself. */
    static final int LENGTH_AT = 8;

    static final int BEFORE_LENGTH = 12;
    static final int MAGIC_AT = 16;
    private static final int CHECKSUM_AT = 17;
    private static final int ATTRIBUTES_AT = 21;
    private static final int LAST_OFFSET_DELTA_AT = 23;
    private static final int BASE_TIMESTAMP_AT = 27;
    private static final int MAX_TIMESTAMP_AT = 35;
    private static final int PRODUCER_AT = 43;
    private static final int COUNT_AT = 57;

    private static final int COMPRESSION = 0x07;
    private static final int APPEND_TIME = 0x08;
    private static final int TRANSACTIONAL = 0x10;
    private static final int CONTROL = 0x20;

    static Batch of(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.duplicate().position(ATTRIBUTES_AT));
        return new Batch(
                bytes,
                bytes.get(MAGIC_AT) == RecordBatch.MAGIC_VALUE_V2
                        && (int) sum.getValue() == bytes.getInt(CHECKSUM_AT));
    }

    long baseOffset() {
        return bytes.getLong(0);
    }

    long lastOffset() {
        return baseOffset() + Math.max(0, bytes.getInt(LAST_OFFSET_DELTA_AT));
    }

    /** How many records it says that it has. */
    int count() {
        return bytes.getInt(COUNT_AT);
    }

    long producer() {
        return bytes.getLong(PRODUCER_AT);
    }

    boolean isTransactional() {
        return has(TRANSACTIONAL);
    }

    /** Whether it ends a transaction and holds no records of anybody. */
    boolean isControl() {
        return has(CONTROL);
    }

    /** The time of a record that is so much later than the first, in milliseconds. */
    long timestamp(long delta) {
        return has(APPEND_TIME)
                ? bytes.getLong(MAX_TIMESTAMP_AT)
                : bytes.getLong(BASE_TIMESTAMP_AT) + delta;
    }

    /**
     * The bytes of its records, unpacked as they are read.
     *
     * @throws IllegalArgumentException where it is packed in no way that Kafka knows
     */
    InputStream payload() {
        CompressionType packing =
                CompressionType.forId(bytes.getShort(ATTRIBUTES_AT) & COMPRESSION);
        return Compression.of(packing)
                .build()
                .wrapForInput(
                        bytes.duplicate().position(HEADER).slice(),
                        RecordBatch.MAGIC_VALUE_V2,
                        BufferSupplier.NO_CACHING);
    }

    private boolean has(int attribute) {
        return (bytes.getShort(ATTRIBUTES_AT) & attribute) != 0;
    }
}
