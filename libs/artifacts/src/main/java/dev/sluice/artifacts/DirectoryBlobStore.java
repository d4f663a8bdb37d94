package dev.sluice.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Blobs as files below one directory. A write goes to a scratch file first and is then renamed. */
public final class DirectoryBlobStore implements BlobStore {

    private static final String SCRATCH = "scratch";
    private static final Pattern NAME = Pattern.compile("[a-z]+(/[0-9a-z]+)+(\\.[a-z]+)*");

    private final Path root;
    private final Clock clock;

    /**
     * Opens the directory, which is made if it is not there. What an earlier process left
     * unfinished is cleared away.
     */
    public DirectoryBlobStore(Path root, Clock clock) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
        Files.createDirectories(scratchDirectory());
        clearScratch();
    }

    @Override
    public boolean touch(String name) throws IOException {
        try {
            Files.setLastModifiedTime(path(name), FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void put(String name, byte[] bytes, Durability durability) throws IOException {
        Path scratch = scratchFile();
        try (FileChannel channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durability == Durability.DURABLE) {
                channel.force(true);
            }
        }
        moveInto(name, scratch, durability);
    }

    @Override
    public void adopt(String name, Path scratchFile) throws IOException {
        try (FileChannel channel = FileChannel.open(scratchFile, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        moveInto(name, scratchFile, Durability.DURABLE);
    }

    @Override
    public Path scratchFile() throws IOException {
        return Files.createTempFile(scratchDirectory(), ProcessHandle.current().pid() + "-", "");
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(path(name));
    }

    @Override
    public List<Blob> list(String prefix) throws IOException {
        Path start = root.resolve(prefix);
        List<Blob> found = new ArrayList<>();
        if (!Files.isDirectory(start)) {
            return found;
        }
        try (Stream<Path> files = Files.walk(start)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                usedWhen(file, found);
            }
        }
        return found;
    }

    private void usedWhen(Path file, List<Blob> found) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                Instant used = attributes.lastModifiedTime().toInstant();
                found.add(new Blob(root.relativize(file).toString().replace('\\', '/'), used));
            }
        } catch (NoSuchFileException e) {
            // Another process collects too.
            return;
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    private void moveInto(String name, Path scratch, Durability durability) throws IOException {
        Path target = path(name);
        Path directory = target.resolveSibling("");
        Files.createDirectories(directory);
        Files.setLastModifiedTime(scratch, FileTime.from(clock.instant()));
        Files.move(scratch, target, StandardCopyOption.ATOMIC_MOVE);
        if (durability == Durability.DURABLE) {
            forceDirectory(directory);
        }
    }

    /**
     * The rename itself lasts only when the directory is written; where a platform can't, the name
     * may be lost but never half there.
     */
    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Scratch files of processes that are no longer there. */
    private void clearScratch() throws IOException {
        try (Stream<Path> files = Files.list(scratchDirectory())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!ofLivingProcess(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean ofLivingProcess(String fileName) {
        int dash = fileName.indexOf('-');
        try {
            return dash > 0
                    && ProcessHandle.of(Long.parseLong(fileName.substring(0, dash))).isPresent();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private Path scratchDirectory() {
        return root.resolve(SCRATCH);
    }

    private Path path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of a blob: " + name);
        }
        return root.resolve(name);
    }
}
