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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far attempts have come, in a file of this machine, before the broker knows. Writing a line
 * takes microseconds and survives the end of the process.
 *
 * <p>Of a request that was handed over and not answered when the process ended, nobody knows
 * whether the service has it. It counts as taken where the service had taken the one before it:
 * then it is nearly certain. Otherwise it is sent again.
 *
 * <p>The file is a help and nothing else: where it is lost or can't be written, {@code
 * sluice.notifications} tells. Safe for use by many threads.
 */
final class ToldJournal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ToldJournal.class);
    private static final long LONGEST = 512L * 1024;

    /** What is told of an attempt. */
    enum Mark {
        /** The request is on its way. */
        HANDED_OVER,
        /** The service has accepted it. */
        TAKEN,
        /** The service has refused it, or does not answer. */
        NOT_TAKEN
    }

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
    Set<NotificationId> read() {
        Reading reading = new Reading();
        for (Path part : List.of(older, file)) {
            try {
                if (Files.exists(part)) {
                    String text = Files.readString(part, StandardCharsets.ISO_8859_1);
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(reading::take);
                }
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("the journal of what was told cannot be read");
            }
        }
        reading.taken.addAll(reading.nearlyCertain);
        return reading.taken;
    }

    /** What the lines tell, one after the other. */
    private static final class Reading {

        private final Set<NotificationId> taken = new HashSet<>();
        private final Set<NotificationId> nearlyCertain = new HashSet<>();
        private final Map<String, Boolean> takes = new HashMap<>();

        void take(String line) {
            String[] parts = line.split("\t", -1);
            if (parts.length != 6) {
                return;
            }
            try {
                NotificationId id = new NotificationId(parts[1], parts[2], parts[3], parts[4]);
                take(Mark.valueOf(parts[0]), id, parts[2] + '/' + parts[5]);
            } catch (IllegalArgumentException e) {
                LOG.atDebug().setCause(e).log("a line of the journal is none");
            }
        }

        private void take(Mark mark, NotificationId id, String provider) {
            nearlyCertain.remove(id);
            switch (mark) {
                case HANDED_OVER -> {
                    if (takes.getOrDefault(provider, false)) {
                        nearlyCertain.add(id);
                    }
                }
                case TAKEN -> {
                    taken.add(id);
                    takes.put(provider, true);
                }
                case NOT_TAKEN -> takes.put(provider, false);
            }
        }
    }

    void write(Mark mark, NotificationId id, String provider) {
        String line =
                String.join(
                                "\t",
                                mark.name(),
                                id.cluster(),
                                id.namespace(),
                                id.alert(),
                                id.announcement(),
                                provider)
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
