package dev.sluice.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Where the bytes lie: a flat space of names ({@code files/ab/cdef...}) with bytes that are written
 * once and never changed.
 *
 * <p>Writes are atomic: a name is either absent or holds all of its bytes, also after a crash. Safe
 * for use by many threads and many processes.
 */
public interface BlobStore {

    /**
     * Whether losing the bytes in a power failure would hurt, or they can be made again from what
     * is durable.
     */
    enum Durability {
        DURABLE,
        CACHE
    }

    /** A name that is there, and when it was last written or {@linkplain #touch touched}. */
    record Blob(String name, Instant used) {}

    /**
     * Says that the name is needed again, so that a collection of old names leaves it alone.
     *
     * @return whether the name is there
     */
    boolean touch(String name) throws IOException;

    /** Stores these bytes under the name; what was there is replaced. */
    void put(String name, byte[] bytes, Durability durability) throws IOException;

    /**
     * Stores the content of a file made by {@link #scratchFile}, durably; the file is gone
     * afterwards.
     */
    void adopt(String name, Path scratchFile) throws IOException;

    /** A new, empty file on this machine to build something large in. */
    Path scratchFile() throws IOException;

    /**
     * @throws java.nio.file.NoSuchFileException if the name is not there
     */
    InputStream open(String name) throws IOException;

    /** All names that start with the prefix, a part of a path such as {@code files}. */
    List<Blob> list(String prefix) throws IOException;

    /** Takes the name away; nothing happens if it is not there. */
    void delete(String name) throws IOException;
}
