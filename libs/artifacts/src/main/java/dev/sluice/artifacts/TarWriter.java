package dev.sluice.artifacts;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a POSIX tar of which every header is normalised: no owner, no time, one mode for
 * directories and two for files, so that the same tree gives the same bytes. Paths that do not fit
 * the old header go into an extended one.
 */
final class TarWriter {

    static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int PREFIX_BYTES = 155;
    private static final int DIRECTORY_MODE = 0750;
    private static final int FILE_MODE = 0600;
    private static final int EXECUTABLE_MODE = 0700;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    void directory(String path) throws IOException {
        header(path, '5', DIRECTORY_MODE, 0);
    }

    void file(String path, boolean executable, byte[] content) throws IOException {
        header(path, '0', executable ? EXECUTABLE_MODE : FILE_MODE, content.length);
        padded(content);
    }

    /** The two empty blocks that end an archive. */
    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private void header(String path, char type, int mode, long size) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int split = fitsOldHeader(name) ? prefixLength(name) : -1;
        if (split < 0) {
            byte[] record = extendedRecord(name);
            out.write(
                    block(
                            "PaxHeaders.0/path".getBytes(StandardCharsets.US_ASCII),
                            0,
                            'x',
                            0,
                            record.length));
            padded(record);
            name = Arrays.copyOf(ascii(name), Math.min(name.length, NAME_BYTES));
            split = 0;
        }
        out.write(block(name, split, type, mode, size));
    }

    private static byte[] block(byte[] name, int prefix, char type, int mode, long size) {
        byte[] header = new byte[BLOCK];
        int start = prefix == 0 ? 0 : prefix + 1;
        System.arraycopy(name, start, header, 0, name.length - start);
        System.arraycopy(name, 0, header, 345, prefix);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, 0);
        header[156] = (byte) type;
        byte[] magic = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, header, 257, magic.length);
        octal(header, 329, 8, 0);
        octal(header, 337, 8, 0);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        return header;
    }

    private static void octal(byte[] header, int at, int width, long value) {
        String digits = Long.toOctalString(value);
        Arrays.fill(header, at, at + width - 1, (byte) '0');
        header[at + width - 1] = 0;
        for (int i = 0; i < digits.length(); i++) {
            header[at + width - 1 - digits.length() + i] = (byte) digits.charAt(i);
        }
    }

    private static boolean fitsOldHeader(byte[] name) {
        for (byte b : name) {
            if (b < ' ' || b == 0x7f) {
                return false;
            }
        }
        return name.length <= NAME_BYTES + 1 + PREFIX_BYTES;
    }

    /**
     * How many bytes go to the header's prefix: 0 if the name fits by itself, -1 if no slash
     * divides it well.
     */
    private static int prefixLength(byte[] name) {
        if (name.length <= NAME_BYTES) {
            return 0;
        }
        for (int i = Math.min(PREFIX_BYTES, name.length - 2);
                i >= name.length - 1 - NAME_BYTES && i > 0;
                i--) {
            if (name[i] == '/') {
                return i;
            }
        }
        return -1;
    }

    /** {@code "<length> path=<name>\n"}, where the length counts itself. */
    private static byte[] extendedRecord(byte[] name) {
        int body = " path=\n".length() + name.length;
        int length = body + String.valueOf(body).length();
        if (body + String.valueOf(length).length() != length) {
            length = body + String.valueOf(length).length();
        }
        byte[] head = (length + " path=").getBytes(StandardCharsets.US_ASCII);
        byte[] record = Arrays.copyOf(head, length);
        System.arraycopy(name, 0, record, head.length, name.length);
        record[length - 1] = '\n';
        return record;
    }

    private static byte[] ascii(byte[] name) {
        byte[] plain = name.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] = plain[i] < ' ' ? (byte) '_' : plain[i];
        }
        return plain;
    }

    private void padded(byte[] content) throws IOException {
        out.write(content);
        int rest = content.length % BLOCK;
        if (rest > 0) {
            out.write(new byte[BLOCK - rest]);
        }
    }
}
