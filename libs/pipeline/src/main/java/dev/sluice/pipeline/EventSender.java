package dev.sluice.pipeline;

import dev.sluice.audit.Chain;
import dev.sluice.audit.LoggedRecord.Header;
import dev.sluice.audit.Seal;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to one topic. {@link #send} returns when the broker has the record on all replicas,
 * so that what follows may rely on it; it blocks, and is meant for virtual threads.
 */
public final class EventSender {

    private final Emitter<Record<String, byte[]>> emitter;
    private final String producer;
    private final EventIds ids;
    private final Clock clock;
    private final Supplier<Optional<Chain>> chain;

    /**
     * Writes records as they are, for a topic that is no evidence.
     *
     * @param producer name of the service on the wire, for example {@code sluice/renderer}
     */
    public EventSender(
            Emitter<Record<String, byte[]>> emitter, String producer, EventIds ids, Clock clock) {
        this(emitter, producer, ids, clock, Optional::empty);
    }

    /**
     * @param chain seals the records; asked for when the first one is sent
     */
    EventSender(
            Emitter<Record<String, byte[]>> emitter,
            String producer,
            EventIds ids,
            Clock clock,
            Supplier<Optional<Chain>> chain) {
        this.emitter = emitter;
        this.producer = producer;
        this.ids = ids;
        this.clock = clock;
        this.chain = chain;
    }

    /**
     * Writes an event.
     *
     * @param cause the event that it follows from; null where it is the first of its chain
     * @return what was written
     */
    public <E extends Event> Envelope<E> send(E event, @Nullable Envelope<?> cause) {
        Envelope<E> envelope = envelope(event, cause);
        await(envelope, EventCodec.body(event));
        return envelope;
    }

    /** Forgets a key of a state topic by a tombstone. Only after an event that says why. */
    public void forget(Envelope<?> last) {
        await(last, null);
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

    private void await(Envelope<?> envelope, byte @Nullable [] body) {
        String key = envelope.event().key();
        List<Header> headers = new ArrayList<>();
        EventCodec.headers(envelope).forEach((name, value) -> headers.add(Header.of(name, value)));
        Optional<Chain> sealing = chain.get();
        CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
        if (sealing.isEmpty()) {
            emit(key, body, metadata(headers), written);
            written.join();
            return;
        }
        Seal seal =
                sealing.get()
                        .append(
                                key,
                                envelope.id(),
                                headers,
                                body,
                                sealed ->
                                        emit(
                                                key,
                                                body,
                                                metadata(sealed.headers())
                                                        .withPartition(sealed.partition()),
                                                written));
        try {
            written.join();
            sealing.get().written(seal);
        } catch (CompletionException e) {
            sealing.get().lost(seal);
            throw e;
        }
    }

    private void emit(
            String key,
            byte @Nullable [] body,
            OutgoingKafkaRecordMetadata.OutgoingKafkaRecordMetadataBuilder<String> metadata,
            CompletableFuture<@Nullable Void> written) {
        emitter.send(
                Message.of(Record.of(key, body))
                        .withAck(() -> {
                            written.complete(null);
                            return CompletableFuture.completedFuture(null);
                        })
                        .withNack(failure -> {
                            written.completeExceptionally(failure);
                            return CompletableFuture.completedFuture(null);
                        })
                        .addMetadata(metadata.build()));
    }

    private static OutgoingKafkaRecordMetadata.OutgoingKafkaRecordMetadataBuilder<String> metadata(
            List<Header> headers) {
        Headers kafka = new RecordHeaders();
        headers.forEach(header -> kafka.add(header.name(), header.value()));
        return OutgoingKafkaRecordMetadata.<String>builder().withHeaders(kafka);
    }
}
