package dev.sluice.applier;

import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.UnreadableEventException;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.EventReader;
import dev.sluice.pipeline.Restored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of each delivery: the latest record that stood the check of its origin. What did
 * not stand it displaces nothing. Safe for use by many threads; one at a time for each delivery
 * settles.
 */
final class RevealedRecords {

    /** A record as it came, and what it says; nothing where it only deletes. */
    private record Arrival(
            ConsumerRecord<String, byte[]> record, @Nullable Envelope<Event> envelope) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Arrival> early = new ArrayList<>();
    private final Map<String, Envelope<Event>> accepted = new ConcurrentHashMap<>();
    private final Map<String, Queue<Envelope<Event>>> arrived = new ConcurrentHashMap<>();
    private @Nullable Restored restored;

    /** Takes what the topic held at start; records of the channel that repeat it are left out. */
    void start(Restored held) {
        lock.lock();
        try {
            restored = held;
            held.table().all().forEach(this::arrive);
            early.stream().filter(each -> !held.holds(each.record())).forEach(this::accept);
            early.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a record from the topic, unchecked.
     *
     * @param mine whether the delivery is settled by this process; of one that is not, only the
     *     latest is kept, as the topic itself does
     * @return whether it asks for more than to move on to another revision
     * @throws UnreadableEventException where it is no event, or one about something else than its
     *     key says
     */
    boolean take(ConsumerRecord<String, byte[]> record, boolean mine)
            throws UnreadableEventException {
        Envelope<Event> envelope = EventReader.read(record);
        if (envelope != null && !envelope.event().key().equals(record.key())) {
            throw new UnreadableEventException(
                    "the record's key is " + record.key() + ", and it is about another delivery",
                    null);
        }
        Arrival arrival = new Arrival(record, envelope);
        boolean news = news(envelope);
        lock.lock();
        try {
            if (restored == null) {
                early.add(arrival);
            } else if (!restored.holds(record)) {
                if (!mine) {
                    arrived.remove(record.key());
                }
                accept(arrival);
            }
        } finally {
            lock.unlock();
        }
        return news;
    }

    private boolean news(@Nullable Envelope<Event> envelope) {
        if (envelope == null || !(envelope.event() instanceof DeliveryRevealed fresh)) {
            return true;
        }
        Envelope<Event> known = accepted.get(fresh.key());
        return known == null
                || !(known.event() instanceof DeliveryRevealed before)
                || !fresh.onlyMovesOn(before);
    }

    private void accept(Arrival arrival) {
        if (arrival.envelope() == null) {
            arrived.remove(arrival.record().key());
            accepted.remove(arrival.record().key());
        } else {
            arrive(arrival.envelope());
        }
    }

    void arrive(Envelope<Event> envelope) {
        arrived.computeIfAbsent(envelope.event().key(), _ -> new ConcurrentLinkedQueue<>())
                .add(envelope);
    }

    /** Checks what has arrived, and tells what counts now. */
    @Nullable Envelope<Event> settle(DeliveryId id, RecordCheck check) throws KubernetesException {
        String key = id.toString();
        Queue<Envelope<Event>> waiting = arrived.get(key);
        while (waiting != null && !waiting.isEmpty()) {
            Envelope<Event> next = waiting.peek();
            if (!(next.event() instanceof DeliveryRevealed revealed)
                    || check.passes(next, revealed, accepted.get(key))) {
                accepted.put(key, next);
            }
            waiting.poll();
        }
        return accepted.get(key);
    }
}
