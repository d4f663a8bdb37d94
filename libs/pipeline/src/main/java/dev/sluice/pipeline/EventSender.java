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
    private final Traces traces;

    /**
     * Writes records that nobody seals. The services get theirs from {@link EventSenders}.
     *
     * @param producer name of the service on the wire, for example {@code sluice/renderer}
     */
    public EventSender(
            Emitter<Record<String, byte[]>> emitter, String producer, EventIds ids, Clock clock) {
        this(new SealedTopic(emitter, Optional::empty), null, producer, ids, clock, Traces.none());
    }

    EventSender(
            SealedTopic topic,
            @Nullable SealedTopic trail,
            String producer,
            EventIds ids,
            Clock clock,
            Traces traces) {
        this.topic = topic;
        this.trail = trail;
        this.producer = producer;
        this.ids = ids;
        this.clock = clock;
        this.traces = traces;
    }

    /**
     * Writes an event.
     *
     * @param cause the event that it follows from; null where it is the first of its chain
     * @return what was written
     */
    public <E extends Event> Envelope<E> send(E event, @Nullable Envelope<?> cause) {
        String id = ids.next();
        try (Traces.Step step = traces.begin(event, id, producer, cause)) {
            Envelope<E> envelope =
                    new Envelope<>(
                            id,
                            clock.instant(),
                            producer,
                            cause == null ? id : cause.id(),
                            cause == null ? id : cause.correlation(),
                            step.traceparent(),
                            event);
            write(envelope);
            return envelope;
        }
    }

    private void write(Envelope<?> envelope) {
        String key = envelope.event().key();
        byte[] body = EventCodec.body(envelope.event());
        List<Header> headers = headers(envelope);
        // The trail first: it may tell of what came to nothing, but must not miss what did not.
        SealedTopic.Pending copy =
                trail == null ? null : trail.write(key, envelope.id(), headers, body);
        try {
            topic.write(key, envelope.id(), headers, body).await();
        } finally {
            if (copy != null) {
                copy.await();
            }
        }
    }

    /** Forgets a key of a state topic by a tombstone. Only after an event that says why. */
    public void forget(Envelope<?> last) {
        topic.write(last.event().key(), last.id(), headers(last), null).await();
    }

    private static List<Header> headers(Envelope<?> envelope) {
        List<Header> headers = new ArrayList<>();
        EventCodec.headers(envelope).forEach((name, value) -> headers.add(Header.of(name, value)));
        return headers;
    }
}
