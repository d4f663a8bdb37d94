package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a service is told.
 *
 * @param id of the announcement
 * @param at when it was announced
 * @param metadata the facts to tell along, of the object, the Alert and the controller
 * @param alert who passes it on
 */
public record Notification(
        String id,
        ObjectAnnounced announced,
        Instant at,
        SortedMap<String, String> metadata,
        AlertName alert) {

    private static final String PROGRESSING = "Progressing";

    /** The Alert that passes something on. */
    public record AlertName(String namespace, String name, String uid) {}

    public Notification {
        metadata = new TreeMap<>(metadata);
    }

    boolean isError() {
        return announced.severity() == Severity.ERROR;
    }

    /** Whether it tells of something under way rather than of an end, good or bad. */
    boolean isProgress() {
        return announced.reason().equals(PROGRESSING);
    }

    AnnouncedObject object() {
        return announced.object();
    }

    /** The same at every try, and at no other notification. */
    String idempotencyKey() {
        return id + '/' + alert.namespace() + '/' + alert.name();
    }

    /** {@code kustomization/app.team}. */
    String subject() {
        return object().kind().toLowerCase(Locale.ROOT)
                + '/'
                + object().name()
                + '.'
                + object().namespace();
    }

    /** {@code kustomization/app}. */
    String shortSubject() {
        return (object().kind() + '/' + object().name()).toLowerCase(Locale.ROOT);
    }

    /** The time without fractions of a second. */
    String time() {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The event as Flux's controllers send it. */
    public ObjectNode json() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ObjectNode object = event.putObject("involvedObject");
        put(object, "kind", object().kind());
        put(object, "namespace", object().namespace());
        put(object, "name", object().name());
        put(object, "uid", object().uid());
        put(object, "apiVersion", object().apiVersion());
        put(object, "resourceVersion", object().resourceVersion());
        event.put("severity", announced.severity().wireName())
                .put("timestamp", time())
                .put("message", announced.message())
                .put("reason", announced.reason());
        if (!metadata.isEmpty()) {
            ObjectNode facts = event.putObject("metadata");
            metadata.forEach(facts::put);
        }
        event.put("reportingController", announced.reporter())
                .put("reportingInstance", object().cluster());
        return event;
    }

    byte[] body() {
        return json().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode object, String field, String value) {
        if (!value.isEmpty()) {
            object.put(field, value);
        }
    }

    /** The facts that are not told as such. */
    Map<String, String> without(String key) {
        Map<String, String> rest = new TreeMap<>(metadata);
        rest.remove(key);
        return rest;
    }
}
