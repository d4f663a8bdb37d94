package dev.sluice.artifacts;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the files of archives that {@link TarWriter} wrote; it knows no other form. */
final class TarReader {

    private static final int BLOCK = TarWriter.BLOCK;
    private static final int PREFIX_WIDTH = 155;

    /** Takes one file of an archive. */
    interface FileVisitor {
        void visit(String path, byte[] content) throws IOException;
    }

    private TarReader() {}

    static void files(InputStream in, FileVisitor visitor) throws IOException {
        String extendedPath = "";
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK) {
                throw new EOFException("the archive ends in the middle of a header");
            }
            if (header[0] == 0) {
                return;
            }
            byte[] content = content(in, size(header));
            switch (header[156]) {
                case 'x' -> extendedPath = extendedPath(content);
                case '0' -> {
                    visitor.visit(extendedPath.isEmpty() ? path(header) : extendedPath, content);
                    extendedPath = "";
                }
                default -> extendedPath = "";
            }
        }
    }

    private static byte[] content(InputStream in, int size) throws IOException {
        byte[] content = in.readNBytes(size);
        int rest = size % BLOCK;
        if (content.length < size
                || (rest > 0 && in.readNBytes(BLOCK - rest).length < BLOCK - rest)) {
            throw new EOFException("the archive ends in the middle of a file");
        }
        return content;
    }

    private static int size(byte[] header) throws IOException {
        try {
            return Integer.parseInt(text(header, 124, 12), 8);
        } catch (NumberFormatException e) {
            throw new IOException("the archive has a header without a size", e);
        }
    }

    private static String path(byte[] header) {
        String prefix = text(header, 345, PREFIX_WIDTH);
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String extendedPath(byte[] record) {
        String text = new String(record, StandardCharsets.UTF_8);
        return text.substring(text.indexOf('=') + 1, text.length() - 1);
    }

    private static String text(byte[] header, int at, int width) {
        int end = at;
        while (end < at + width && header[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOfRange(header, at, end), StandardCharsets.UTF_8);
    }
}
