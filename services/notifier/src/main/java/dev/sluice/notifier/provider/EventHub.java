package dev.sluice.notifier.provider;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An Azure event hub, by its HTTPS interface. The address is a connection string with a shared key,
 * or, where the Secret has a {@code token} (a JWT), the name of the hub, with the namespace as the
 * channel.
 */
final class EventHub {

    private static final Duration SIGNED_FOR = Duration.ofMinutes(15);
    private static final String DOMAIN = ".servicebus.windows.net";

    private EventHub() {}

    static void tell(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String address = target.requiredAddress();
        Request request;
        if (address.contains("SharedAccessKey")) {
            if (!target.access().token().isEmpty()) {
                throw TellException.later(
                        "the Provider has a connection string and a token: leave one out");
            }
            request = signed(notification, parts(address), exchange);
        } else {
            String namespace = target.requiredChannel();
            String host = namespace.contains(".servicebus.") ? namespace : namespace + DOMAIN;
            request =
                    message(notification, "https://" + host, address)
                            .bearer(target.requiredToken());
        }
        exchange.demand(request);
    }

    private static Request signed(
            Notification notification, Map<String, String> parts, Exchange exchange)
            throws TellException {
        URI endpoint = Addresses.uri(part(parts, "endpoint"));
        String scheme = endpoint.getScheme().equals("http") ? "http" : "https";
        String host = scheme + "://" + Addresses.hostAndPort(endpoint);
        Request request = message(notification, host, part(parts, "entitypath"));
        String resource = encoded(request.url().substring(0, request.url().indexOf("/messages")));
        long until = exchange.now().plus(SIGNED_FOR).getEpochSecond();
        String signature =
                Digests.hmacSha256Base64(
                        part(parts, "sharedaccesskey"),
                        (resource + '\n' + until).getBytes(StandardCharsets.UTF_8));
        return request.with(
                "Authorization",
                "SharedAccessSignature sr=%s&sig=%s&se=%d&skn=%s"
                        .formatted(
                                resource,
                                encoded(signature),
                                until,
                                encoded(part(parts, "sharedaccesskeyname"))));
    }

    private static Request message(Notification notification, String host, String hub) {
        return Request.post(
                host + '/' + Repository.segment(hub) + "/messages?api-version=2014-01&timeout=60",
                Request.JSON,
                notification.body());
    }

    /** {@code Name=value;...}; a value may hold {@code =}. */
    private static Map<String, String> parts(String connection) {
        Map<String, String> parts = new HashMap<>();
        for (String part : connection.strip().split(";")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).strip());
            }
        }
        return parts;
    }

    private static String part(Map<String, String> parts, String name) throws TellException {
        String value = parts.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw TellException.later(
                    "the connection string must have Endpoint, SharedAccessKeyName, SharedAccessKey and EntityPath");
        }
        return value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
