package dev.sluice.notifier.provider;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * OpenTelemetry: each announcement is a span; all of one revision, as one Alert sees it, are one
 * trace. Sent by OTLP over HTTP. Field numbers are those of opentelemetry-proto.
 */
final class Traces {

    private static final String DEFAULT_PATH = "/v1/traces";
    private static final String SCOPE = "flux:notification-controller";
    private static final int OK = 1;
    private static final int ERROR = 2;
    private static final int INTERNAL = 1;

    private Traces() {}

    static void tell(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        if (notification.object().kind().equals("HelmRepository")) {
            return;
        }
        URI address = Addresses.uri(target.requiredAddress());
        boolean bare = address.getRawPath() == null || address.getRawPath().isEmpty();
        Request request =
                Request.post(
                        target.address() + (bare ? DEFAULT_PATH : ""),
                        "application/x-protobuf",
                        body(notification));
        Access access = target.access();
        String token = access.token().isEmpty() ? access.password() : access.token();
        if (access.username().isEmpty()) {
            request = request.bearer(token);
        } else if (!token.isEmpty()) {
            request = request.basic(access.username(), token);
        }
        for (Map.Entry<String, String> header : access.headers().entrySet()) {
            request = request.with(header.getKey(), header.getValue());
        }
        exchange.demand(request);
    }

    private static byte[] body(Notification notification) {
        Notification.AlertName alert = notification.alert();
        Protobuf resource =
                new Protobuf()
                        .message(
                                1,
                                attribute("service.name", alert.namespace() + '/' + alert.name()))
                        .message(1, attribute("service.namespace", alert.namespace()))
                        .message(1, attribute("service.instance.id", alert.uid()));
        Protobuf spans =
                new Protobuf()
                        .message(1, new Protobuf().text(1, SCOPE))
                        .message(2, span(notification));
        return new Protobuf()
                .message(1, new Protobuf().message(1, resource).message(2, spans))
                .bytes();
    }

    private static Protobuf span(Notification notification) {
        byte[] trace = Digests.sha256(notification.alert().uid() + ':' + revision(notification));
        byte[] span = Digests.sha256(notification.id() + '/' + notification.alert());
        long nanos = nanos(notification.at());
        Protobuf message =
                new Protobuf()
                        .bytes(1, Arrays.copyOf(trace, 16))
                        .bytes(2, Arrays.copyOf(span, 8))
                        .text(
                                5,
                                notification.object().kind()
                                        + ": "
                                        + notification.object().namespace()
                                        + '/'
                                        + notification.object().name())
                        .number(6, INTERNAL)
                        .fixed64(7, nanos)
                        .fixed64(8, nanos)
                        .message(9, attribute("object.uid", notification.object().uid()))
                        .message(9, attribute("object.kind", notification.object().kind()))
                        .message(9, attribute("object.name", notification.object().name()))
                        .message(
                                9,
                                attribute("object.namespace", notification.object().namespace()));
        notification
                .metadata()
                .forEach((name, value) -> message.message(9, attribute(name, value)));
        Protobuf status = new Protobuf();
        if (notification.isError()) {
            status.text(2, notification.announced().message());
        }
        return message.message(15, status.number(3, notification.isError() ? ERROR : OK));
    }

    /** The revision that a source and what is made of it share. */
    private static String revision(Notification notification) {
        Map<String, String> facts = notification.metadata();
        String app = facts.get("app-version");
        String digest = facts.get("oci-digest");
        return app != null && digest != null
                ? app + '@' + digest
                : facts.getOrDefault("revision", "unknown");
    }

    private static Protobuf attribute(String name, String value) {
        return new Protobuf().text(1, name).message(2, new Protobuf().text(1, value));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
