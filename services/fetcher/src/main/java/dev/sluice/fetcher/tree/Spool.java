package dev.sluice.fetcher.tree;

import dev.sluice.artifacts.ArtifactBuilder;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the contents of files on disk between being fetched and becoming an artifact, so that a
 * large tree needs no memory. Closing deletes them. Not safe for use by several threads.
 */
public final class Spool implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private long end;

    /**
     * @param file an empty file, which belongs to the spool from now on
     */
    public Spool(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Takes in a content.
     *
     * @return its size, and the way back to it
     */
    public Kept keep(InputStream content) throws IOException {
        long start = end;
        channel.position(start);
        OutputStream out = Channels.newOutputStream(channel);
        long size = content.transferTo(out);
        end += size;
        return new Kept(size, () -> read(start, size));
    }

    /** A content in the spool. */
    public record Kept(long size, ArtifactBuilder.Content content) {}

    private byte[] read(long start, long size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(size));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + buffer.position()) < 0) {
                throw new EOFException("the spool ends too early");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
