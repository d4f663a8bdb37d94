package dev.sluice.testkit.topics;

import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import dev.sluice.events.UnreadableEventException;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A topic in memory: takes records as a broker does, and reads them back as events. */
public final class KeptRecords implements Emitter<Record<String, byte[]>> {

    private final List<Event> events = new ArrayList<>();

    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    public synchronized <E extends Event> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public CompletionStage<Void> send(Record<String, byte[]> record) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    @Override
    public synchronized <M extends Message<? extends Record<String, byte[]>>> void send(M message) {
        if (message.getPayload().value() != null) {
            Map<String, String> headers = new HashMap<>();
            message.getMetadata(OutgoingKafkaRecordMetadata.class)
                    .orElseThrow()
                    .getHeaders()
                    .forEach(h ->
                            headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
            try {
                events.add(EventCodec.read(headers, message.getPayload().value()).event());
            } catch (UnreadableEventException e) {
                throw new AssertionError(e);
            }
        }
        message.ack();
    }

    @Override
    public void complete() {}

    @Override
    public void error(Exception e) {
        throw new AssertionError(e);
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean hasRequests() {
        return true;
    }
}
