package dev.sluice.notifier.provider;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one attempt to tell one service: all of them together have the Provider's
 * timeout. Redirections are not followed, since the credentials are meant for the address that the
 * Provider names.
 */
public final class HttpExchange implements Exchange {

    /** A service that takes longer may be about to fail. */
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final long LONGEST_ANSWER = 4L * 1024 * 1024;

    private final HttpClient client;
    private final Target target;
    private final Clock clock;
    private final Progress progress;
    private final Instant end;

    private HttpExchange(HttpClient client, Target target, Clock clock, Progress progress) {
        this.progress = progress;
        this.client = client;
        this.target = target;
        this.clock = clock;
        this.end = clock.instant().plus(target.timeout());
    }

    /** What needs no certificates and no proxy shares its connections. */
    public static HttpClient shared() {
        return builder().build();
    }

    /**
     * For one attempt.
     *
     * @param shared made by {@link #shared}
     * @throws TellException where the Provider's certificates or its proxy can't be used
     */
    public static HttpExchange of(HttpClient shared, Target target, Clock clock, Progress progress)
            throws TellException {
        Access access = target.access();
        boolean plain = access.proxy().isEmpty() && access.tls().isEmpty();
        return new HttpExchange(plain ? shared : own(access), target, clock, progress);
    }

    private static HttpClient own(Access access) throws TellException {
        HttpClient.Builder builder = builder();
        try {
            if (!access.tls().isEmpty()) {
                builder.sslContext(access.tls().context());
            }
            if (!access.proxy().isEmpty()) {
                URI proxy = URI.create(access.proxy());
                int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
                builder.proxy(
                        ProxySelector.of(
                                InetSocketAddress.createUnresolved(proxy.getHost(), port)));
            }
        } catch (GeneralSecurityException | IOException e) {
            throw TellException.later("the Provider's certificates can't be used");
        } catch (IllegalArgumentException e) {
            throw TellException.later("the Provider's proxy is no address");
        }
        return builder.build();
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    @Override
    public Answer send(Request request) throws TellException, InterruptedException {
        Duration left = Duration.between(clock.instant(), end);
        if (left.isNegative() || left.isZero()) {
            throw away("the service does not answer in time");
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        platform(request),
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        try {
            HttpResponse<byte[]> got = got(answer, left);
            return new Answer(
                    got.statusCode(),
                    got.body(),
                    pause(got.headers().firstValue("Retry-After").orElse(null), clock.instant()));
        } catch (TimeoutException e) {
            throw away("the service does not answer in time");
        } catch (ExecutionException e) {
            String why = e.getCause() == null ? "" : e.getCause().getClass().getSimpleName();
            throw away("the service can't be reached: " + why);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpResponse<byte[]> got(CompletableFuture<HttpResponse<byte[]>> answer, Duration left)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (left.compareTo(PROMPT) > 0) {
            try {
                return answer.get(PROMPT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                progress.unanswered();
                return answer.get(left.minus(PROMPT).toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        return answer.get(left.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    private HttpRequest platform(Request request) throws TellException {
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(Addresses.uri(request.url()));
            builder.setHeader("User-Agent", "sluice");
            if (!request.contentType().isEmpty()) {
                builder.setHeader("Content-Type", request.contentType());
            }
            String user = URI.create(request.url()).getUserInfo();
            if (user != null) {
                builder.setHeader("Authorization", basic(user));
            }
            request.headers().forEach(builder::setHeader);
            URI proxy =
                    target.access().proxy().isEmpty() ? null : URI.create(target.access().proxy());
            if (proxy != null && proxy.getUserInfo() != null) {
                builder.setHeader("Proxy-Authorization", basic(proxy.getUserInfo()));
            }
            HttpRequest.BodyPublisher body =
                    request.body().length == 0 && request.method().equals("GET")
                            ? HttpRequest.BodyPublishers.noBody()
                            : new NoticedBody(request.body(), progress);
            return builder.method(request.method(), body).build();
        } catch (IllegalArgumentException e) {
            throw TellException.later("the Provider's address or headers can't be sent");
        }
    }

    /**
     * @param user name and password, as an address has them
     */
    private static String basic(String user) {
        byte[] pair = user.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Seconds or a date; a service may not ask for more than an hour. */
    static @Nullable Duration pause(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return null;
        }
        Duration pause;
        if (retryAfter.matches("[0-9]{1,9}")) {
            pause = Duration.ofSeconds(Long.parseLong(retryAfter));
        } else {
            try {
                pause =
                        Duration.between(
                                now,
                                DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                                        retryAfter, Instant::from));
            } catch (DateTimeException e) {
                return null;
            }
        }
        if (pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private static TellException away(String message) {
        return new TellException(TellException.Prospect.SERVICE_AWAY, message);
    }
}
