package dev.sluice.audit;

import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.EventCodec;
import dev.sluice.events.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in a topic.
 *
 * @param at when the broker took it, by the writer's clock
 * @param body null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent")
public record LoggedRecord(
        String topic,
        int partition,
        long offset,
        Instant at,
        String key,
        List<Header> headers,
        byte @Nullable [] body) {

    /** The header of a dead letter that says which stage could not read the record. */
    public static final String DEAD_LETTER_STAGE = "dead-letter-stage";

    /**
     * One header.
     *
     * @param value null where the header has none
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Header(String name, byte @Nullable [] value) {

        public static Header of(String name, String value) {
            return new Header(name, value.getBytes(StandardCharsets.UTF_8));
        }

        String text() {
            return value == null ? "" : new String(value, StandardCharsets.UTF_8);
        }
    }

    public LoggedRecord {
        headers = List.copyOf(headers);
    }

    public static LoggedRecord of(ConsumerRecord<String, byte[]> record) {
        return new LoggedRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? "" : record.key(),
                headers(record.headers()),
                record.value());
    }

    /** Kafka's headers as ours. */
    public static List<Header> headers(Iterable<org.apache.kafka.common.header.Header> headers) {
        List<Header> list = new ArrayList<>();
        headers.forEach(header -> list.add(new Header(header.key(), header.value())));
        return list;
    }

    /** The value of the last header of that name; empty where there is none. */
    public String header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).name().equals(name)) {
                return headers.get(i).text();
            }
        }
        return "";
    }

    /** CloudEvents id, which a tombstone shares with the event that it follows. */
    public String event() {
        return header("ce_id");
    }

    /** The service that says that it wrote it; of a dead letter the one that put it away. */
    public String producer() {
        String stage = header(DEAD_LETTER_STAGE);
        return stage.isEmpty() ? header("ce_source") : "sluice/" + stage;
    }

    /** {@code topic-partition@offset}. */
    public String place() {
        return topic + '-' + partition + '@' + offset;
    }

    /**
     * The event in it; null for a tombstone. Replayed ones are read like others: this is for those
     * who look, not for those who act.
     */
    public @Nullable Envelope<Event> envelope() throws UnreadableEventException {
        if (body == null) {
            return null;
        }
        Map<String, String> texts = new HashMap<>();
        headers.forEach(header -> texts.put(header.name(), header.text()));
        return EventCodec.read(texts, body);
    }
}
