package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/** Sentry: errors as events, all else as transactions. The address is the project's DSN. */
final class Sentry {

    private static final String CLIENT = "sluice/1.0";

    private Sentry() {}

    static void tell(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        URI dsn = Addresses.uri(target.requiredAddress());
        String user = dsn.getRawUserInfo();
        String path = dsn.getRawPath() == null ? "" : dsn.getRawPath();
        int slash = path.lastIndexOf('/');
        if (user == null || slash < 0 || slash == path.length() - 1) {
            throw TellException.later("the address of a sentry Provider is a DSN");
        }
        String key = user.split(":", 2)[0];
        String url =
                dsn.getScheme()
                        + "://"
                        + Addresses.hostAndPort(dsn)
                        + path.substring(0, slash)
                        + "/api/"
                        + path.substring(slash + 1)
                        + "/envelope/";
        exchange.demand(
                Request.post(
                                url,
                                "application/x-sentry-envelope",
                                envelope(notification, target.channel()))
                        .with(
                                "X-Sentry-Auth",
                                "Sentry sentry_version=7, sentry_client="
                                        + CLIENT
                                        + ", sentry_key="
                                        + key));
    }

    private static byte[] envelope(Notification notification, String environment) {
        String id = id(notification, 32);
        ObjectNode item = item(notification, environment).put("event_id", id);
        byte[] payload = item.toString().getBytes(StandardCharsets.UTF_8);
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("event_id", id).put("sent_at", notification.at().toString());
        ObjectNode itemHeader = JsonNodeFactory.instance.objectNode();
        itemHeader
                .put("type", notification.isError() ? "event" : "transaction")
                .put("length", payload.length);
        return (header + "\n" + itemHeader + "\n" + item + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Made of what is told, so that it is the same at every try. */
    private static String id(Notification notification, int digits) {
        String source = notification.id() + '/' + notification.alert();
        return HexFormat.of().formatHex(Digests.sha256(source)).substring(0, digits);
    }

    private static ObjectNode item(Notification notification, String environment) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put(
                        "transaction",
                        notification.object().kind()
                                + ": "
                                + notification.object().namespace()
                                + '/'
                                + notification.object().name())
                .put("message", notification.announced().message())
                .put("platform", "java")
                .put("timestamp", seconds(notification.at()));
        if (!environment.isEmpty()) {
            event.put("environment", environment);
        }
        if (notification.isError()) {
            event.put("level", "error").put("server_name", notification.announced().reporter());
            ObjectNode facts = event.putObject("contexts").putObject("metadata");
            notification.metadata().forEach(facts::put);
            return event;
        }
        event.put("level", "info")
                .put("type", "transaction")
                .put("start_timestamp", seconds(notification.at()));
        event.putObject("contexts").set("trace", span(notification));
        event.set("tags", tags(notification));
        ObjectNode span = span(notification);
        span.put("start_timestamp", seconds(notification.at()))
                .put("timestamp", seconds(notification.at()));
        event.putArray("spans").add(span);
        return event;
    }

    private static ObjectNode span(Notification notification) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("trace_id", id(notification, 32))
                .put("span_id", id(notification, 16))
                .put("op", "event");
    }

    private static ObjectNode tags(Notification notification) {
        ObjectNode tags = JsonNodeFactory.instance.objectNode();
        tags.put("flux_involved_object_kind", notification.object().kind())
                .put("flux_involved_object_namespace", notification.object().namespace())
                .put("flux_involved_object_name", notification.object().name())
                .put("flux_reporting_controller", notification.announced().reporter())
                .put("flux_reporting_instance", notification.object().cluster())
                .put("flux_reason", notification.announced().reason());
        notification.metadata().forEach(tags::put);
        return tags;
    }

    private static double seconds(Instant time) {
        return time.getEpochSecond();
    }
}
