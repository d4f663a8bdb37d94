package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Events to and from the wire: CloudEvents 1.0 in Kafka's binary mode, that is the attributes as
 * {@code ce_} headers and the event as a JSON body. Unknown fields and headers are ignored, since
 * contracts only grow.
 */
public final class EventCodec {

    /**
     * The header of replayed records (CloudEvents extension {@code replay}): its value says which
     * replay. Services act on no such record.
     */
    public static final String REPLAY = "ce_replay";

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .build();

    private EventCodec() {}

    /** The word of an event in logs, metrics and schemas, for example {@code delivery.rendered}. */
    public static String wordOf(Class<? extends Event> type) {
        for (EventType candidate : EventType.values()) {
            if (candidate.record == type) {
                return candidate.word;
            }
        }
        throw new IllegalArgumentException("no event: " + type);
    }

    /** The CloudEvents type of an event's word. */
    public static String ceType(String word) {
        return EventType.ceTypeOf(word);
    }

    /** The headers of an event, in the order in which they are written. */
    public static Map<String, String> headers(Envelope<?> envelope) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", envelope.id());
        headers.put("ce_type", EventType.of(envelope.event()).ceType());
        headers.put("ce_source", envelope.producer());
        headers.put("ce_subject", envelope.event().key());
        headers.put("ce_time", envelope.time().toString());
        headers.put("ce_causationid", envelope.cause());
        headers.put("ce_correlationid", envelope.correlation());
        headers.put("content-type", "application/json");
        if (envelope.traceparent() != null) {
            headers.put("traceparent", envelope.traceparent());
        }
        return headers;
    }

    /** The body of an event. */
    public static byte[] body(Event event) {
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "an event that cannot be written: " + event.getClass(), e);
        }
    }

    /**
     * Reads an event.
     *
     * @throws UnreadableEventException where it is none of ours, or broken
     */
    public static Envelope<Event> read(Map<String, String> headers, byte[] body)
            throws UnreadableEventException {
        String typeName = header(headers, "ce_type");
        EventType type = EventType.byCeType(typeName);
        if (type == null) {
            throw new UnreadableEventException("unknown event type '" + typeName + "'", null);
        }
        String id = header(headers, "ce_id");
        try {
            Event event = JSON.readValue(body, type.record);
            if (event == null) {
                throw new UnreadableEventException("empty body of a " + typeName, null);
            }
            return new Envelope<>(
                    id,
                    Instant.parse(header(headers, "ce_time")),
                    header(headers, "ce_source"),
                    headers.getOrDefault("ce_causationid", id),
                    headers.getOrDefault("ce_correlationid", id),
                    headers.get("traceparent"),
                    event);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableEventException("broken " + typeName + " with id " + id, e);
        }
    }

    private static String header(Map<String, String> headers, String name)
            throws UnreadableEventException {
        String value = headers.get(name);
        if (value == null) {
            throw new UnreadableEventException("no header " + name, null);
        }
        return value;
    }
}
