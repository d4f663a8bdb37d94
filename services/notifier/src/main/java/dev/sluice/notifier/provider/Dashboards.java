package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Services that mark events in graphs: Grafana and Datadog. */
final class Dashboards {

    private Dashboards() {}

    /** An annotation. A colon would split a tag, so it becomes a bar. */
    static void grafana(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        ObjectNode annotation = JsonNodeFactory.instance.objectNode();
        annotation
                .put("when", notification.at().getEpochSecond())
                .put("text", notification.subject());
        ArrayNode tags = annotation.putArray("tags");
        tags.add("flux").add(notification.announced().reporter());
        notification
                .metadata()
                .forEach((name, value) ->
                        tags.add(name.replace(':', '|') + ": " + value.replace(':', '|')));
        tags.add("kind: " + notification.object().kind())
                .add("name: " + notification.object().name())
                .add("namespace: " + notification.object().namespace());
        Access access = target.access();
        Request request = Request.post(target.requiredAddress(), annotation);
        boolean basic =
                access.token().isEmpty()
                        && !access.username().isEmpty()
                        && !access.password().isEmpty();
        exchange.demand(
                basic
                        ? request.basic(access.username(), access.password())
                        : request.bearer(access.token()));
    }

    static void datadog(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put(
                        "title",
                        "Events from the "
                                + notification.object().kind()
                                + ' '
                                + notification.object().name()
                                + '/'
                                + notification.object().namespace())
                .put("text", notification.announced().message())
                .put("source_type_name", "fluxcd")
                .put("date_happened", notification.at().getEpochSecond())
                .put("alert_type", notification.announced().severity().wireName());
        ArrayNode tags = event.putArray("tags");
        tag(tags, "flux_reporting_controller", notification.announced().reporter());
        tag(tags, "flux_reason", notification.announced().reason());
        tag(tags, "kube_kind", notification.object().kind());
        tag(tags, "kube_name", notification.object().name());
        tag(tags, "kube_namespace", notification.object().namespace());
        notification.metadata().forEach((name, value) -> tag(tags, name, value));
        exchange.demand(
                Request.post(Addresses.origin(target.requiredAddress()) + "/api/v1/events", event)
                        .with("DD-API-KEY", target.requiredToken()));
    }

    private static void tag(ArrayNode tags, String name, String value) {
        tags.add((name + ':' + value).toLowerCase(Locale.ROOT));
    }
}
