package dev.sluice.helm.chart;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The files of one chart, by their paths below the chart's folder. What is packed is the same, byte
 * for byte, for the same files.
 */
public final class ChartFiles {

    private static final int MODE = 0644;

    private final TreeMap<String, byte[]> files;

    private ChartFiles(Map<String, byte[]> files) {
        this.files = new TreeMap<>(files);
    }

    /** Those files; the map is copied, the contents are not. */
    public static ChartFiles of(Map<String, byte[]> files) {
        return new ChartFiles(files);
    }

    /**
     * Unpacks a chart.
     *
     * @throws ChartException where it is no archive, passes a limit, or holds what is no file of
     *     one folder: a link, a path that leads out
     */
    public static ChartFiles unpack(byte[] archive, ChartLimits limits) throws ChartException {
        if (archive.length > limits.archive()) {
            throw new ChartException("the chart is larger than " + limits.archive() + " bytes");
        }
        Map<String, byte[]> files = new TreeMap<>();
        long total = 0;
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                if (entry.isDirectory() || entry.isGlobalPaxHeader() || entry.isPaxHeader()) {
                    continue;
                }
                String path = path(entry);
                long size = entry.getSize();
                total += size;
                if (size > limits.file()
                        || total > limits.unpacked()
                        || files.size() >= limits.files()) {
                    throw new ChartException(
                            path + ": the chart unpacks to more than it may (" + limits + ")");
                }
                files.put(path, tar.readNBytes((int) size));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ChartException("the chart is no archive (tar.gz): " + e.getMessage());
        }
        return new ChartFiles(files);
    }

    private static String path(TarArchiveEntry entry) throws ChartException {
        String name = entry.getName().replace('\\', '/');
        while (name.startsWith("./")) {
            name = name.substring(2);
        }
        int slash = name.indexOf('/');
        if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink()) {
            throw new ChartException(name + " is no plain file");
        }
        if (slash <= 0 || name.length() == slash + 1) {
            throw new ChartException(name + " is not in the chart's folder");
        }
        String path = name.substring(slash + 1);
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals("..") || part.equals(".")) {
                throw new ChartException(name + " leads out of the chart's folder");
            }
        }
        return path;
    }

    /** All files, by path. */
    public Map<String, byte[]> all() {
        return Collections.unmodifiableMap(files);
    }

    /** The same with another content of one file. */
    public ChartFiles with(String path, byte[] content) {
        ChartFiles changed = new ChartFiles(files);
        changed.files.put(path, content);
        return changed;
    }

    /** The same with another chart's files in a folder. */
    public ChartFiles with(String folder, ChartFiles inner) {
        ChartFiles changed = new ChartFiles(files);
        inner.files.forEach((path, content) -> changed.files.put(folder + '/' + path, content));
        return changed;
    }

    /**
     * Packs the chart.
     *
     * @param name of the chart, which is the folder's
     */
    public byte[] pack(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            // Chart.yaml comes first, as readers of large charts like it.
            byte[] metadata = files.get(ChartMetadata.FILE);
            if (metadata != null) {
                add(tar, name + '/' + ChartMetadata.FILE, metadata);
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                if (!file.getKey().equals(ChartMetadata.FILE)) {
                    add(tar, name + '/' + file.getKey(), file.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String path, byte[] content)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(content.length);
        entry.setMode(MODE);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
