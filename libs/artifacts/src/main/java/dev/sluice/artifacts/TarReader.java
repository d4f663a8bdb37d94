package dev.sluice.artifacts;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Reads tar archives of any maker (POSIX with extended headers, GNU's long names) as a stream,
 * within limits. What is neither a file nor a directory is passed over: links, devices.
 */
public final class TarReader {

    private static final int BLOCK = TarWriter.BLOCK;
    private static final int MAX_RECORD = 1 << 20;

    /**
     * A file or directory of an archive.
     *
     * @param path relative to the root, without {@code .} and {@code ..}
     * @param size in bytes; 0 for a directory
     */
    public record Entry(String path, boolean isDirectory, boolean executable, long size) {}

    /** Takes the entries in their order. */
    public interface Visitor {
        /** Takes one; what it does not read of the content is passed over. */
        void visit(Entry entry, InputStream content) throws IOException, ArtifactRefusedException;
    }

    private final InputStream in;
    private final ArtifactLimits limits;
    private String longPath = "";
    private long longSize = -1;
    private int count;
    private long bytes;

    private TarReader(InputStream in, ArtifactLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /**
     * Reads an archive to its end.
     *
     * @param in a tar, or a tar compressed by gzip
     * @throws ArtifactRefusedException if it holds more than the limits allow, or a path that
     *     leaves its root
     * @throws IOException if it is no archive, or damaged
     */
    public static void read(InputStream in, ArtifactLimits limits, Visitor visitor)
            throws IOException, ArtifactRefusedException {
        new TarReader(plain(in), limits).read(visitor);
    }

    private static InputStream plain(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private void read(Visitor visitor) throws IOException, ArtifactRefusedException {
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length == 0 && count > 0) {
                // Some makers leave out the empty blocks at the end.
                return;
            }
            if (header.length < BLOCK) {
                throw new EOFException("the archive ends in the middle of a header");
            }
            if (header[0] == 0 && isEmpty(header)) {
                return;
            }
            checkSum(header);
            long size = longSize >= 0 ? longSize : number(header, 124, 12);
            switch (header[156]) {
                case 'x' -> extended(content(size));
                case 'g' -> skip(size);
                case 'L' -> longPath = text(content(size), 0, MAX_RECORD);
                case 'K' -> skip(size);
                default -> {
                    take(header, size, visitor);
                    longPath = "";
                    longSize = -1;
                }
            }
        }
    }

    private void take(byte[] header, long size, Visitor visitor)
            throws IOException, ArtifactRefusedException {
        String path = longPath.isEmpty() ? path(header) : longPath;
        byte type = header[156];
        boolean file = (type == '0' || type == 0 || type == '7') && !path.endsWith("/");
        boolean directory = type == '5' || (type == 0 && path.endsWith("/"));
        if (++count > limits.files() * 2L) {
            throw new ArtifactRefusedException(
                    "the archive has more than the %d entries allowed"
                            .formatted(limits.files() * 2L));
        }
        String normal = normal(path);
        if (!normal.isEmpty() && directory) {
            visitor.visit(new Entry(normal, true, false, 0), InputStream.nullInputStream());
        }
        if (!normal.isEmpty() && file) {
            bytes += size;
            if (size > limits.fileBytes()) {
                throw new ArtifactRefusedException(
                        "%s has %d bytes, more than the %d allowed in one file"
                                .formatted(normal, size, limits.fileBytes()));
            }
            if (bytes > limits.bytes()) {
                throw new ArtifactRefusedException(
                        "the archive holds at least %d bytes, up to %s, and %s"
                                .formatted(bytes, normal, limits.allowed()));
            }
            Content content = new Content(in, size);
            boolean executable = (number(header, 100, 8) & 0111) != 0;
            visitor.visit(new Entry(normal, false, executable, size), content);
            content.skipRest();
            skipPadding(size);
        } else {
            skip(size);
        }
    }

    private static String normal(String path) throws ArtifactRefusedException {
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..") || path.startsWith("/")) {
                throw new ArtifactRefusedException(
                        "the archive has a path that leaves its root: "
                                + path.replaceAll("\\p{Cntrl}", "?"));
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(Objects.requireNonNull(segment));
            }
        }
        return String.join("/", kept);
    }

    /** Lines of {@code <length> <key>=<value>}, where the length counts itself. */
    private void extended(byte[] record) throws IOException {
        int at = 0;
        while (at < record.length) {
            int space = at;
            while (space < record.length && record[space] != ' ') {
                space++;
            }
            int length = length(record, at, space);
            if (length <= space - at || at + length > record.length) {
                throw new IOException("the archive has a damaged extended header");
            }
            String line =
                    new String(record, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
            if (line.startsWith("path=")) {
                longPath = line.substring("path=".length());
            } else if (line.startsWith("size=")) {
                longSize = parse(line.substring("size=".length()), 10);
            }
            at += length;
        }
    }

    private static int length(byte[] record, int from, int to) throws IOException {
        long length = parse(new String(record, from, to - from, StandardCharsets.US_ASCII), 10);
        return (int) Math.min(length, Integer.MAX_VALUE / 2);
    }

    private byte[] content(long size) throws IOException {
        if (size > MAX_RECORD) {
            throw new IOException("the archive has a header of %d bytes".formatted(size));
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new EOFException("the archive ends in the middle of a header");
        }
        skipPadding(size);
        return content;
    }

    private void skip(long size) throws IOException {
        new Content(in, size).skipRest();
        skipPadding(size);
    }

    private void skipPadding(long size) throws IOException {
        int rest = (int) (size % BLOCK);
        if (rest > 0 && in.readNBytes(BLOCK - rest).length < BLOCK - rest) {
            throw new EOFException("the archive ends in the middle of a file");
        }
    }

    private static boolean isEmpty(byte[] header) {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkSum(byte[] header) throws IOException {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (number(header, 148, 8) != sum) {
            throw new IOException("not a tar archive, or a damaged one");
        }
    }

    private static long number(byte[] header, int at, int width) throws IOException {
        return parse(text(header, at, width).strip(), 8);
    }

    private static long parse(String digits, int radix) throws IOException {
        try {
            long value = digits.isEmpty() ? 0 : Long.parseLong(digits, radix);
            if (value < 0) {
                throw new IOException("the archive has a header with a number below zero");
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IOException("not a tar archive, or a damaged one", e);
        }
    }

    private static String path(byte[] header) {
        // Only POSIX archives have a prefix; old GNU ones keep times there.
        boolean posix = text(header, 257, 6).equals("ustar") && header[262] == 0;
        String prefix = posix ? text(header, 345, 155) : "";
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes, int at, int width) {
        int end = at;
        while (end < Math.min(bytes.length, at + width) && bytes[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOfRange(bytes, at, end), StandardCharsets.UTF_8);
    }

    /** The content of one file, and not a byte more. */
    private static final class Content extends FilterInputStream {

        private long left;

        Content(InputStream in, long size) {
            super(in);
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("the archive ends in the middle of a file");
            }
            left -= count;
            return count;
        }

        void skipRest() throws IOException {
            byte[] buffer = new byte[1 << 14];
            while (left > 0) {
                if (read(buffer, 0, buffer.length) < 0) {
                    return;
                }
            }
        }

        @Override
        public void close() {}
    }
}
