package dev.sluice.notifier;

import dev.sluice.events.NotificationId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a notifier that is alone, in a file of its machine: where the broker is in the
 * same process and ends with it, a mark would not come that far. To write a line takes
 * microseconds, and it survives the end of the process.
 */
final class FileJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);
    private static final long LONGEST = 512L * 1024;

    private final Path file;
    private final Path older;
    private final ReentrantLock lock = new ReentrantLock();
    private FileChannel channel;

    private FileJournal(Path file, FileChannel channel) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.channel = channel;
    }

    /**
     * Opens it for writing.
     *
     * @param folder is made where it is missing
     */
    static FileJournal open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("told");
        return new FileJournal(file, channel(file));
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    /** A line that was not finished is none. */
    @Override
    public Set<NotificationId> read() {
        Attempt.Reading attempts = new Attempt.Reading();
        for (Path part : List.of(older, file)) {
            try {
                if (Files.exists(part)) {
                    String text = Files.readString(part, StandardCharsets.ISO_8859_1);
                    text.substring(0, text.lastIndexOf('\n') + 1)
                            .lines()
                            .forEach(line -> Attempt.read(line).ifPresent(attempts::take));
                }
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("the journal of what was told cannot be read");
            }
        }
        return attempts.taken();
    }

    @Override
    public void write(Attempt attempt) {
        lock.lock();
        try {
            if (channel.size() > LONGEST) {
                startAnew();
            }
            channel.write(
                    ByteBuffer.wrap((attempt.line() + '\n').getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the journal of what was told cannot be written");
        } finally {
            lock.unlock();
        }
    }

    /** What is in the older part is long since on the topic when a third one begins. */
    private void startAnew() throws IOException {
        channel.close();
        Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        channel = channel(file);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the journal cannot be closed");
        }
    }
}
