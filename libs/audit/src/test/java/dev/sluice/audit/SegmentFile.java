package dev.sluice.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** A segment as a row of batches that can be edited; each holds one record. */
final class SegmentFile {

    private static final int LENGTH_AT = 8;
    private static final int CHECKSUM_AT = 17;
    private static final int CHECKED_FROM = 21;

    private final Path file;
    private final List<byte[]> batches = new ArrayList<>();

    private SegmentFile(Path file) throws IOException {
        this.file = file;
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        while (bytes.hasRemaining()) {
            byte[] batch = new byte[12 + bytes.getInt(bytes.position() + LENGTH_AT)];
            bytes.get(batch);
            batches.add(batch);
        }
    }

    static SegmentFile first(Path partition) throws IOException {
        try (Stream<Path> files = Files.list(partition)) {
            return new SegmentFile(
                    files.filter(f -> f.toString().endsWith(".log"))
                            .sorted()
                            .findFirst()
                            .orElseThrow());
        }
    }

    Path file() {
        return file;
    }

    /**
     * Edits one batch.
     *
     * @param honest whether its checksum is to fit afterwards
     */
    SegmentFile replace(int index, UnaryOperator<byte[]> edit, boolean honest) {
        byte[] batch = edit.apply(batches.get(index).clone());
        if (honest) {
            sum(batch);
        } else {
            batch[CHECKSUM_AT] ^= 1;
        }
        batches.set(index, batch);
        return this;
    }

    SegmentFile remove(int index) {
        batches.remove(index);
        return this;
    }

    SegmentFile swap(int one, int other) {
        Collections.swap(batches, one, other);
        return this;
    }

    SegmentFile keep(int count) {
        batches.subList(count, batches.size()).clear();
        return this;
    }

    /** Gives the batches the offsets of their places. */
    SegmentFile renumber() {
        for (int i = 0; i < batches.size(); i++) {
            ByteBuffer.wrap(batches.get(i)).putLong(0, i);
        }
        return this;
    }

    void write() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] batch : batches) {
            bytes.write(batch);
        }
        Files.write(file, bytes.toByteArray());
    }

    /** Changes the character after a text. */
    static byte[] flip(byte[] batch, String after) {
        int place = new String(batch, StandardCharsets.ISO_8859_1).indexOf(after);
        batch[place + after.length()] ^= 1;
        return batch;
    }

    static byte[] withLength(byte[] batch, int length) {
        ByteBuffer.wrap(batch).putInt(LENGTH_AT, length);
        return batch;
    }

    private static void sum(byte[] batch) {
        CRC32C sum = new CRC32C();
        sum.update(batch, CHECKED_FROM, batch.length - CHECKED_FROM);
        ByteBuffer.wrap(batch).putInt(CHECKSUM_AT, (int) sum.getValue());
    }
}
