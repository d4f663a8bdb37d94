package dev.sluice.pipeline;

import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import dev.sluice.events.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads records into events: the one place where every service takes what it acts on. Replayed
 * records, which tell again what has happened already, are refused here.
 */
public final class EventReader {

    private EventReader() {}

    /**
     * Reads one record.
     *
     * @return the event; null for a tombstone
     * @throws UnreadableEventException where the record is no event, or a replayed one
     */
    public static @Nullable Envelope<Event> read(ConsumerRecord<String, byte[]> record)
            throws UnreadableEventException {
        Header replay = record.headers().lastHeader(EventCodec.REPLAY);
        if (replay != null) {
            throw new UnreadableEventException(
                    "a replayed record: it tells of the past, and no service acts on it", null);
        }
        byte @Nullable [] body = record.value();
        if (body == null) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return EventCodec.read(headers, body);
    }
}
