package dev.sluice.pipeline;

import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.UnreadableEventException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The latest event of each key of a state topic, in memory. Safe for use by many threads.
 *
 * <p>Filled at start by {@link TopicRestorer}, then kept up by the service: from its input channel,
 * or by itself with what it has sent.
 */
public final class StateTable {

    private final Map<String, Envelope<Event>> latest = new ConcurrentHashMap<>();

    /**
     * Takes a record from the topic.
     *
     * @return the event, or null for a tombstone
     * @throws UnreadableEventException where the record is no event; the table keeps what it had
     */
    public @Nullable Envelope<Event> take(ConsumerRecord<String, byte[]> record)
            throws UnreadableEventException {
        Envelope<Event> envelope = EventReader.read(record);
        if (envelope == null) {
            latest.remove(record.key());
        } else {
            put(envelope);
        }
        return envelope;
    }

    /**
     * Takes an event; an older one than what is there (by id, which is in the order of time) is
     * dropped.
     */
    @SuppressWarnings("unchecked")
    public void put(Envelope<? extends Event> envelope) {
        latest.merge(
                envelope.event().key(),
                (Envelope<Event>) envelope,
                (old, fresh) -> fresh.id().compareTo(old.id()) >= 0 ? fresh : old);
    }

    /**
     * Takes over these keys as another process left them, whatever was known of them here.
     *
     * @param fresh what a topic holds of them now
     */
    public void adopt(StateTable fresh, Predicate<String> keys) {
        latest.keySet().removeIf(key -> keys.test(key) && !fresh.latest.containsKey(key));
        latest.putAll(fresh.latest);
    }

    public void forget(String key) {
        latest.remove(key);
    }

    public Optional<Envelope<Event>> get(String key) {
        return Optional.ofNullable(latest.get(key));
    }

    /** The latest event of a key, where it is of that type. */
    @SuppressWarnings("unchecked")
    public <E extends Event> Optional<Envelope<E>> get(String key, Class<E> type) {
        Envelope<Event> envelope = latest.get(key);
        return envelope != null && type.isInstance(envelope.event())
                ? Optional.of((Envelope<E>) (Envelope<?>) envelope)
                : Optional.empty();
    }

    public Collection<Envelope<Event>> all() {
        return List.copyOf(latest.values());
    }

    public int size() {
        return latest.size();
    }
}
