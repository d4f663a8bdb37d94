package dev.sluice.audit;

import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.topics.Partitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writer's half: chains and signs what one run of a service writes to one topic, partition by
 * partition. Order holds in a partition, and so for each key; and a reader can miss nothing that
 * was in it. Safe for use by many threads.
 */
public final class Chain {

    private static final HexFormat HEX = HexFormat.of();

    private final String topic;
    private final ServiceKey key;
    private final String run;
    private final List<Strand> strands = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @param run unique, for example an event id
     * @param partitions of the topic
     * @param heads by partition, the last record that a run before has written there
     */
    public Chain(
            String topic,
            ServiceKey key,
            String run,
            int partitions,
            Map<Integer, LoggedRecord> heads) {
        this.topic = topic;
        this.key = key;
        this.run = run;
        for (int partition = 0; partition < partitions; partition++) {
            LoggedRecord head = heads.get(partition);
            Strand strand = new Strand(previous(head));
            if (head != null && strand.previous != null) {
                strand.offsets.put(Link.RUN_BEFORE, head.offset());
            }
            strands.add(strand);
        }
    }

    /**
     * Seals a record and hands it over. Records are handed over one after the other, in the order
     * in which they must reach the broker.
     *
     * @param eventId its CloudEvents id
     * @return what was handed over, to be told back by {@link #written} or {@link #lost}
     */
    public Seal append(
            String recordKey,
            String eventId,
            List<Header> headers,
            byte @Nullable [] body,
            Consumer<Seal> send) {
        int partition = partition(recordKey);
        Strand strand = strands.get(partition);
        lock.lock();
        try {
            List<Long> lost = List.copyOf(strand.lost);
            Map<Long, Long> offsets = Map.copyOf(strand.offsets);
            Link link =
                    new Link(
                            run,
                            partition,
                            strand.number + 1,
                            strand.previous,
                            lost,
                            offsets,
                            news(strand, partition));
            List<Header> all = new ArrayList<>(headers);
            all.add(Header.of(Seal.CHAIN, link.text()));
            byte[] digest = RecordDigest.of(topic, recordKey, all, body);
            all.add(Header.of(Seal.SIGNATURE, key.sign(digest)));
            strand.number++;
            strand.previous =
                    new Link.Previous(
                            run, strand.number, eventId, HEX.formatHex(digest), recordKey);
            strand.lost.removeAll(lost);
            strand.offsets.clear();
            Seal seal = new Seal(partition, strand.number, all);
            send.accept(seal);
            return seal;
        } catch (RuntimeException e) {
            // Whether it got through or not: it may be missing.
            strand.lost.add(strand.number);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The broker has it.
     *
     * @param offset where; negative where that is not known
     */
    public void written(Seal seal, long offset) {
        lock.lock();
        try {
            Strand strand = strands.get(seal.partition());
            strand.written = Math.max(strand.written, seal.number());
            if (offset >= 0) {
                strand.offsets.put(seal.number(), offset);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The broker did not take it, as far as is known: the next record says that it is no theft. */
    public void lost(Seal seal) {
        lock.lock();
        try {
            strands.get(seal.partition()).lost.add(seal.number());
        } finally {
            lock.unlock();
        }
    }

    /** Kafka's own choice for a key, made here since the chain must know it. */
    private int partition(String recordKey) {
        return Partitions.ofKey(recordKey, strands.size());
    }

    /** What the other partitions have that this one has not told of yet. */
    private Map<Integer, Long> news(Strand strand, int partition) {
        Map<Integer, Long> news = new TreeMap<>();
        for (int other = 0; other < strands.size(); other++) {
            long written = strands.get(other).written;
            if (other != partition && written > strand.told.getOrDefault(other, 0L)) {
                news.put(other, written);
                strand.told.put(other, written);
            }
        }
        return news;
    }

    private static Link.@Nullable Previous previous(@Nullable LoggedRecord head) {
        if (head == null) {
            return null;
        }
        try {
            Link link = Link.parse(head.header(Seal.CHAIN));
            return new Link.Previous(
                    link.run(),
                    link.number(),
                    head.event(),
                    HEX.formatHex(RecordDigest.of(head)),
                    head.key());
        } catch (IllegalArgumentException e) {
            // From before there were chains.
            return null;
        }
    }

    private static final class Strand {
        final List<Long> lost = new ArrayList<>();
        final Map<Long, Long> offsets = new HashMap<>();
        final Map<Integer, Long> told = new HashMap<>();
        Link.@Nullable Previous previous;
        long number;
        long written;

        Strand(Link.@Nullable Previous previous) {
            this.previous = previous;
        }
    }
}
