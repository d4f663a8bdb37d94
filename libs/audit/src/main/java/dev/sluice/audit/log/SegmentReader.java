package dev.sluice.audit.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.kafka.common.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the batches of one segment. Where the bytes are no batch any more it goes on at the
 * next that is one, so that a changed length costs one batch and not the rest of the file.
 */
final class SegmentReader {

    /** A broker of ours takes batches of 12 MiB. */
    private static final int LARGEST = 64 << 20;

    private static final int CHUNK = 1 << 20;

    private final FileChannel file;
    private final long end;
    private long start;
    private long position;

    /** The size of the file is taken now: what a running broker appends later is not read. */
    SegmentReader(FileChannel file) throws IOException {
        this.file = file;
        this.end = file.size();
    }

    /**
     * The next batch, intact or not; null at the end. Bytes that have no whole header are given as
     * a batch too, filled up with zeros.
     */
    @Nullable Batch next() throws IOException {
        if (position >= end) {
            return null;
        }
        start = position;
        Batch batch = at(start);
        if (batch != null && (batch.intact() || startsBatch(position + batch.bytes().capacity()))) {
            position += batch.bytes().capacity();
            return batch;
        }
        position = search(start + 1);
        int length = (int) Math.min(position - start, LARGEST);
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(length, Batch.HEADER));
        bytes.put(bytes(start, length)).rewind();
        return new Batch(bytes, false);
    }

    boolean atEnd() {
        return position >= end;
    }

    /** Gives the batch that was the last once more, now that the file has grown. */
    SegmentReader again() throws IOException {
        SegmentReader again = new SegmentReader(file);
        again.position = start;
        return again;
    }

    private boolean startsBatch(long place) throws IOException {
        return place == end || isIntact(at(place));
    }

    private static boolean isIntact(@Nullable Batch batch) {
        return batch != null && batch.intact();
    }

    /** The batch that begins there, by its own word; null where its word cannot be true. */
    private @Nullable Batch at(long place) throws IOException {
        if (end - place < Batch.HEADER) {
            return null;
        }
        ByteBuffer header = bytes(place, Batch.HEADER);
        long length = Batch.BEFORE_LENGTH + (long) header.getInt(Batch.LENGTH_AT);
        if (length < Batch.HEADER || length > LARGEST || length > end - place) {
            return null;
        }
        return Batch.of(bytes(place, (int) length));
    }

    /** Where the next intact batch begins; the end of the file where there is none. */
    private long search(long from) throws IOException {
        for (long chunk = from; chunk < end; chunk += CHUNK) {
            int length = (int) Math.min(end - chunk, CHUNK + Batch.HEADER);
            ByteBuffer bytes = bytes(chunk, length);
            for (int i = 0; i < CHUNK && i + Batch.HEADER <= length; i++) {
                if (bytes.get(i + Batch.MAGIC_AT) == RecordBatch.MAGIC_VALUE_V2
                        && isIntact(at(chunk + i))) {
                    return chunk + i;
                }
            }
        }
        return end;
    }

    private ByteBuffer bytes(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes.rewind();
    }
}
