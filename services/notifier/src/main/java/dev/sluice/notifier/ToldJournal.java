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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Providers have taken, in a file of this machine, before the broker knows. Writing a line
 * takes microseconds and survives the end of the process, so that the moment is short in which a
 * kill makes a notification go out twice. It is a help and nothing else: where it is lost or can't
 * be written, {@code sluice.notifications} tells. Safe for use by many threads.
 */
final class ToldJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ToldJournal.class);
    private static final long LONGEST = 256L * 1024;

    private final Path file;
    private final Path older;
    private final ReentrantLock lock = new ReentrantLock();
    private FileChannel channel;

    private ToldJournal(Path file, FileChannel channel) {
        this.file = file;
        this.older = older(file);
        this.channel = channel;
    }

    private static Path older(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /**
     * Opens it for writing.
     *
     * @param folder is made where it is missing
     */
    static ToldJournal open(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("told");
        return new ToldJournal(file, channel(file));
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    /** What was taken before; a line that was not finished is none. */
    List<NotificationId> read() {
        List<NotificationId> told = new ArrayList<>();
        for (Path part : List.of(older, file)) {
            try {
                if (Files.exists(part)) {
                    String text = Files.readString(part, StandardCharsets.ISO_8859_1);
                    text.substring(0, text.lastIndexOf('\n') + 1)
                            .lines()
                            .forEach(line -> add(told, line.split("\t", -1)));
                }
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("the journal of what was told cannot be read");
            }
        }
        return told;
    }

    private static void add(List<NotificationId> told, String[] parts) {
        if (parts.length == 4) {
            try {
                told.add(new NotificationId(parts[0], parts[1], parts[2], parts[3]));
            } catch (IllegalArgumentException e) {
                LOG.atDebug().setCause(e).log("a line of the journal is none");
            }
        }
    }

    /** The Provider has taken it. */
    void told(NotificationId id) {
        String line =
                String.join("\t", id.cluster(), id.namespace(), id.alert(), id.announcement())
                        + '\n';
        lock.lock();
        try {
            if (channel.size() > LONGEST) {
                startAnew();
            }
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1)));
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
