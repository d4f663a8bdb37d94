package dev.sluice.cli.audit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is told in the order of time: in memory while it is little, in temporary files, which
 * only their owner may read, where it is more. For one thread.
 */
public final class TimeOrder implements AutoCloseable {

    private static final int IN_MEMORY = 16 << 20;

    /** What a text takes beside its characters, about. */
    private static final int ENTRY = 60;

    private record Entry(long micros, String id, List<String> texts) {}

    private static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::micros).thenComparing(Entry::id);

    private final int limit;
    private final List<Path> runs = new ArrayList<>();
    private List<Entry> entries = new ArrayList<>();
    private long size;

    public TimeOrder() {
        this(IN_MEMORY);
    }

    /**
     * @param limit how many bytes are kept in memory, about
     */
    TimeOrder(int limit) {
        this.limit = limit;
    }

    /**
     * @param id by which those of one time are ordered
     * @throws UncheckedIOException where there is no more room for temporary files
     */
    public void add(Instant time, String id, List<String> texts) {
        entries.add(new Entry(ChronoUnit.MICROS.between(Instant.EPOCH, time), id, texts));
        size += ENTRY;
        for (String text : texts) {
            size += ENTRY + text.length();
        }
        if (size > limit) {
            spill();
        }
    }

    private void spill() {
        entries.sort(ORDER);
        try {
            Path run = Files.createTempFile("sluice-audit", ".run");
            runs.add(run);
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run)))) {
                for (Entry entry : entries) {
                    write(entry, out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        entries = new ArrayList<>();
        size = 0;
    }

    private static void write(Entry entry, DataOutputStream out) throws IOException {
        out.writeLong(entry.micros);
        text(entry.id, out);
        out.writeInt(entry.texts.size());
        for (String text : entry.texts) {
            text(text, out);
        }
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Entry read(DataInputStream in) throws IOException {
        long micros = in.readLong();
        String id = text(in);
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(text(in));
        }
        return new Entry(micros, id, texts);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    /** Gives all entries, in order; once. */
    public void forEach(Consumer<List<String>> taker) throws IOException {
        entries.sort(ORDER);
        try (Runs open = new Runs(runs)) {
            Iterator<Entry> rest = entries.iterator();
            Entry here = rest.hasNext() ? rest.next() : null;
            Entry there = open.next();
            while (here != null || there != null) {
                if (here != null && (there == null || ORDER.compare(here, there) <= 0)) {
                    taker.accept(here.texts);
                    here = rest.hasNext() ? rest.next() : null;
                } else if (there != null) {
                    taker.accept(there.texts);
                    there = open.next();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    /** What lies in files, each of them in order. */
    private static final class Runs implements AutoCloseable {

        private record Head(Entry entry, DataInputStream from) {}

        private final List<DataInputStream> files = new ArrayList<>();
        private final PriorityQueue<Head> heads =
                new PriorityQueue<>(Comparator.comparing(Head::entry, ORDER));

        Runs(List<Path> runs) throws IOException {
            for (Path run : runs) {
                DataInputStream file =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(run)));
                files.add(file);
                advance(file);
            }
        }

        @Nullable Entry next() throws IOException {
            Head head = heads.poll();
            if (head == null) {
                return null;
            }
            advance(head.from);
            return head.entry;
        }

        private void advance(DataInputStream file) throws IOException {
            if (file.available() > 0) {
                heads.add(new Head(read(file), file));
            }
        }

        @Override
        public void close() throws IOException {
            for (DataInputStream file : files) {
                file.close();
            }
        }
    }
}
