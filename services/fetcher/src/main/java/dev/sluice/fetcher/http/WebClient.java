package dev.sluice.fetcher.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks remotes over HTTP: within the room and time that their hosts have, with bounded answers, and
 * with redirects followed such that no credentials leave their origin. Safe for use by many
 * threads; every call blocks.
 */
public final class WebClient {

    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie");
    private static final Duration THROTTLED = Duration.ofSeconds(5);

    private final HostGate gate;
    private final WebConnections connections = new WebConnections();

    public WebClient(HostGate gate) {
        this.gate = gate;
    }

    /**
     * A request.
     *
     * @param headers by their names
     * @param body empty for none
     */
    public record Call(String method, URI uri, Map<String, String> headers, String body) {

        public Call {
            TreeMap<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            sorted.putAll(headers);
            headers = sorted;
        }

        public static Call get(URI uri, Map<String, String> headers) {
            return new Call("GET", uri, headers, "");
        }

        public static Call head(URI uri, Map<String, String> headers) {
            return new Call("HEAD", uri, headers, "");
        }

        /** Without the query, which may hold secrets. */
        @Override
        public String toString() {
            return method + " " + shown(uri);
        }
    }

    /** Takes the body of an answer while it comes; an answer that is too long ends in an error. */
    public interface Reader<T> {
        T read(int status, HttpResponse<InputStream> answer, InputStream body) throws IOException;
    }

    /**
     * Asks, and reads the answer into memory.
     *
     * @param maxBytes more is an error
     * @throws IOException if there is no answer; {@link ThrottledException} if the host asks for
     *     fewer requests
     */
    public WebAnswer send(WebAccess access, Call call, long maxBytes)
            throws IOException, InterruptedException {
        return send(
                access,
                call,
                maxBytes,
                (status, answer, body) -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    body.transferTo(bytes);
                    return new WebAnswer(
                            answer.uri(), status, answer.headers(), bytes.toByteArray());
                });
    }

    /** Asks, and hands the answer to the reader while it comes. */
    public <T> T send(WebAccess access, Call call, long maxBytes, Reader<T> reader)
            throws IOException, InterruptedException {
        Call current = call;
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            Step<T> step = step(access, current, maxBytes, reader);
            if (step.next() == null) {
                return Objects.requireNonNull(step.result());
            }
            current = redirected(current, step.next());
        }
        throw new IOException(call + ": more than " + MAX_REDIRECTS + " redirects");
    }

    private record Step<T>(@Nullable T result, @Nullable URI next) {}

    private <T> Step<T> step(WebAccess access, Call call, long maxBytes, Reader<T> reader)
            throws IOException, InterruptedException {
        HttpClient client = connections.client(access);
        return gate.within(
                host(call.uri()),
                access.timeout(),
                NeverException.class,
                () -> {
                    HttpResponse<InputStream> answer =
                            client.send(
                                    request(access, call),
                                    HttpResponse.BodyHandlers.ofInputStream());
                    try (InputStream body = new LimitedStream(answer.body(), maxBytes)) {
                        throwIfThrottled(call, answer);
                        URI next = next(call, answer);
                        return next == null
                                ? new Step<T>(reader.read(answer.statusCode(), answer, body), null)
                                : new Step<T>(null, next);
                    }
                });
    }

    /** No operation of ours throws anything but what all may throw. */
    private static final class NeverException extends RuntimeException {}

    private static HttpRequest request(WebAccess access, Call call) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(call.uri())
                        .timeout(access.timeout())
                        .method(
                                call.method(),
                                call.body().isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(call.body()));
        call.headers().forEach(builder::setHeader);
        if (!access.proxy().authorization().isEmpty()) {
            builder.setHeader("Proxy-Authorization", access.proxy().authorization());
        }
        return builder.build();
    }

    private static void throwIfThrottled(Call call, HttpResponse<?> answer) throws IOException {
        if (answer.statusCode() == 429 || answer.statusCode() == 503) {
            throw new ThrottledException(
                    "%s: the host asks for fewer requests (%d)"
                            .formatted(call, answer.statusCode()),
                    retryAfter(answer));
        }
    }

    private static Duration retryAfter(HttpResponse<?> answer) {
        try {
            return answer.headers()
                    .firstValue("Retry-After")
                    .map(text -> Duration.ofSeconds(Math.clamp(Long.parseLong(text), 0, 3600)))
                    .orElse(THROTTLED);
        } catch (NumberFormatException e) {
            return THROTTLED;
        }
    }

    private static @Nullable URI next(Call call, HttpResponse<?> answer) throws IOException {
        boolean asks = call.method().equals("GET") || call.method().equals("HEAD");
        if (!asks || !REDIRECTS.contains(answer.statusCode())) {
            return null;
        }
        String location = answer.headers().firstValue("Location").orElse("");
        URI next;
        try {
            next = call.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException(call + ": redirected to what is no address", e);
        }
        boolean safe =
                "https".equals(next.getScheme())
                        || ("http".equals(next.getScheme())
                                && "http".equals(call.uri().getScheme()));
        if (location.isEmpty() || !safe || next.getHost() == null) {
            throw new IOException(call + ": redirected to an address that is not followed");
        }
        return next;
    }

    /** Credentials are for the origin that they were given for. */
    private static Call redirected(Call call, URI next) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(call.headers());
        if (!origin(next).equals(origin(call.uri()))) {
            headers.keySet().removeIf(name -> CREDENTIALS.contains(name.toLowerCase(Locale.ROOT)));
        }
        return new Call(call.method(), next, headers, call.body());
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + host(uri);
    }

    private static String host(URI uri) {
        String host = String.valueOf(uri.getHost());
        return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
    }

    private static String shown(URI uri) {
        return uri.getScheme() + "://" + host(uri) + uri.getRawPath();
    }
}
