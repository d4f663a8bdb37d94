package dev.sluice.pipeline;

import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import io.smallrye.reactive.messaging.kafka.Record;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to one topic. {@link #send} returns when the broker has the record on all replicas,
 * so that what follows may rely on it; it blocks, and is meant for virtual threads.
 *
 * <p>What goes to a state topic goes to the trail too, which does not forget.
 */
public final class EventSender {

    private final SealedTopic topic;
    private final @Nullable SealedTopic trail;
    private final String producer;
    private final EventIds ids;
    private final Clock clock;

    /**
     * Writes records that nobody seals. The services get theirs from {@link EventSenders}.
     *
     * @param producer name of the service on the wire, for example {@code sluice/renderer}
     */
    public EventSender(
            Emitter<Record<String, byte[]>> emitter, String producer, EventIds ids, Clock clock) {
        this(new SealedTopic(emitter, Optional::empty), null, producer, ids, clock);
    }

    EventSender(
            SealedTopic topic,
            @Nullable SealedTopic trail,
            String producer,
            EventIds ids,
            Clock clock) {
        this.topic = topic;
        this.trail = trail;
        this.producer = producer;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Writes an event.
     *
     * @param cause the event that it follows from; null where it is the first of its chain
     * @return what was written
     */
    public <E extends Event> Envelope<E> send(E event, @Nullable Envelope<?> cause) {
        Envelope<E> envelope = envelope(event, cause);
        byte[] body = EventCodec.body(event);
        List<Header> headers = headers(envelope);
        // The trail first: it may tell of what came to nothing, but must not miss what did not.
        SealedTopic.Pending copy =
                trail == null ? null : trail.write(event.key(), envelope.id(), headers, body);
        try {
            topic.write(event.key(), envelope.id(), headers, body).await();
        } finally {
            if (copy != null) {
                copy.await();
            }
        }
        return envelope;
    }

    /** Forgets a key of a state topic by a tombstone. Only after an event that says why. */
    public void forget(Envelope<?> last) {
        topic.write(last.event().key(), last.id(), headers(last), null).await();
    }

    private <E extends Event> Envelope<E> envelope(E event, @Nullable Envelope<?> cause) {
        String id = ids.next();
        return new Envelope<>(
                id,
                clock.instant(),
                producer,
                cause == null ? id : cause.id(),
                cause == null ? id : cause.correlation(),
                cause == null ? newTrace(id) : cause.traceparent(),
                event);
    }

    /** The trace of a first event; an id is time and chance, as the id of a trace should be. */
    private static String newTrace(String id) {
        return "00-" + id + "-" + id.substring(16) + "-01";
    }

    private static List<Header> headers(Envelope<?> envelope) {
        List<Header> headers = new ArrayList<>();
        EventCodec.headers(envelope).forEach((name, value) -> headers.add(Header.of(name, value)));
        return headers;
    }
}
