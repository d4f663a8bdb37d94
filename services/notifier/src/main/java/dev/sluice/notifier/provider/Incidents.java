package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.Locale;

/** Services that call people: PagerDuty, Opsgenie, Alertmanager, incident.io. */
final class Incidents {

    private static final String MESSAGE = "message";
    private static final String SUMMARY = "summary";
    private static final String SEVERITY = "severity";

    /** An end that is not known, as Go programs write it. */
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    private Incidents() {}

    /** Errors trigger, and what ends well resolves and is told as a change. */
    static void pagerDuty(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        if (notification.isProgress()) {
            return;
        }
        String base = Addresses.origin(target.requiredAddress());
        exchange.demand(Request.post(base + "/v2/enqueue", incident(notification, target)));
        if (!notification.isError()) {
            exchange.demand(
                    Request.post(base + "/v2/change/enqueue", change(notification, target)));
        }
    }

    private static ObjectNode incident(Notification notification, Target target) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("routing_key", target.channel())
                .put("event_action", notification.isError() ? "trigger" : "resolve");
        if (!notification.object().uid().isEmpty()) {
            event.put("dedup_key", notification.object().uid());
        }
        if (notification.isError()) {
            ObjectNode payload = event.putObject("payload");
            heading(payload, notification)
                    .put(SEVERITY, "error")
                    .put("component", notification.object().name())
                    .put("group", notification.object().kind());
            details(payload, notification);
        }
        return event;
    }

    private static ObjectNode change(Notification notification, Target target) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("routing_key", target.channel());
        ObjectNode payload = event.putObject("payload");
        heading(payload, notification);
        details(payload, notification);
        return event;
    }

    private static ObjectNode heading(ObjectNode payload, Notification notification) {
        return payload.put(
                        SUMMARY,
                        Words.description(notification.announced().reason())
                                + ": "
                                + notification.shortSubject())
                .put("source", "Flux " + notification.announced().reporter())
                .put("timestamp", notification.time());
    }

    private static void details(ObjectNode payload, Notification notification) {
        ObjectNode details = payload.putObject("custom_details");
        details.put(MESSAGE, notification.announced().message());
        ObjectNode facts = details.putObject("metadata");
        notification.metadata().forEach(facts::put);
    }

    static void opsgenie(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        ObjectNode alert = JsonNodeFactory.instance.objectNode();
        alert.put(MESSAGE, notification.object().kind() + '/' + notification.object().name())
                .put("alias", alias(notification, target))
                .put("description", notification.announced().message());
        ObjectNode details = alert.putObject("details");
        notification.metadata().forEach(details::put);
        details.put(SEVERITY, notification.announced().severity().wireName());
        exchange.demand(
                Request.post(target.requiredAddress(), alert)
                        .with("Authorization", "GenieKey " + target.requiredToken()));
    }

    /** The same for the same trouble of the same object, so that it is one alert. */
    private static String alias(Notification notification, Target target) {
        String key =
                String.join(
                        "/",
                        target.uid(),
                        notification.object().kind(),
                        notification.object().namespace(),
                        notification.object().name(),
                        notification.announced().reason());
        return HexFormat.of().formatHex(Digests.sha256(key));
    }

    /** Errors fire, and what ends well resolves. */
    static void incidentIo(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        if (notification.isProgress()) {
            return;
        }
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("title", notification.subject() + ": " + notification.announced().reason())
                .put("status", notification.isError() ? "firing" : "resolved")
                .put("deduplication_key", notification.object().uid())
                .put("description", notification.announced().message());
        ObjectNode facts = event.putObject("metadata");
        notification.metadata().forEach(facts::put);
        facts.put(SEVERITY, notification.announced().severity().wireName())
                .put("reason", notification.announced().reason())
                .put("reportingController", notification.announced().reporter());
        exchange.demand(
                Request.post(target.requiredAddress(), event).bearer(target.requiredToken()));
    }

    static void alertmanager(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        ObjectNode alert = JsonNodeFactory.instance.objectNode().put("status", "firing");
        ObjectNode labels = alert.putObject("labels");
        notification.without(SUMMARY).forEach(labels::put);
        labels.put(
                        "alertname",
                        "Flux"
                                + notification.object().kind()
                                + titled(notification.announced().reason()))
                .put(SEVERITY, notification.announced().severity().wireName())
                .put("reason", notification.announced().reason())
                .put("kind", notification.object().kind())
                .put("name", notification.object().name())
                .put("namespace", notification.object().namespace())
                .put("reportingcontroller", notification.announced().reporter());
        ObjectNode annotations = alert.putObject("annotations");
        annotations.put(MESSAGE, notification.announced().message());
        String summary = notification.metadata().get(SUMMARY);
        if (summary != null) {
            annotations.put(SUMMARY, summary);
        }
        alert.put("startsAt", notification.time()).put("endsAt", NO_TIME);
        Request request =
                Request.post(
                        target.requiredAddress(), JsonNodeFactory.instance.arrayNode().add(alert));
        Access access = target.access();
        request = request.bearer(access.token());
        if (!access.username().isEmpty() && !access.password().isEmpty()) {
            request = request.basic(access.username(), access.password());
        }
        exchange.demand(request);
    }

    /** The first letter large, all others small, as Flux writes it. */
    private static String titled(String word) {
        return word.isEmpty()
                ? word
                : word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT);
    }
}
