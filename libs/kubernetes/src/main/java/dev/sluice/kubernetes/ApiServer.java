package dev.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The wire to one API server: requests with raw JSON, refusals as {@link KubernetesException}. */
final class ApiServer {

    /** As often is a request sent that the server has no room for. */
    private static final int ROOM_ATTEMPTS = 6;

    private static final Duration ROOM_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_ROOM_PAUSE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final String base;

    /**
     * @param base for example {@code https://10.0.0.1:6443}
     */
    ApiServer(HttpClient http, String base) {
        this.http = http;
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /**
     * Blocks until the answer is there. What the server has no room for (429) waits as long as it
     * says, some times over.
     *
     * @param user whom to act as; empty for the session's own identity
     */
    ApiAnswer send(ApiRequest request, String user) throws KubernetesException {
        for (int attempt = 1; ; attempt++) {
            try {
                return sendOpenly(request, user);
            } catch (KubernetesException e) {
                if (!e.is(KubernetesFailure.Sort.THROTTLED)
                        || attempt == ROOM_ATTEMPTS
                        || !pause(e.failure())) {
                    throw e;
                }
            }
        }
    }

    /** False where the thread was interrupted. */
    private static boolean pause(KubernetesFailure failure) {
        Duration asked = failure.retryAfter() == null ? ROOM_PAUSE : failure.retryAfter();
        Duration pause = asked.compareTo(LONGEST_ROOM_PAUSE) > 0 ? LONGEST_ROOM_PAUSE : asked;
        try {
            Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(500)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * A connection that was closed under a request that may be repeated is no answer: it is sent
     * once more.
     */
    private ApiAnswer sendOpenly(ApiRequest request, String user) throws KubernetesException {
        try {
            return sendOnce(request, user);
        } catch (ClosedConnectionException e) {
            try {
                return sendOnce(request, user);
            } catch (ClosedConnectionException again) {
                throw unreachable(request, again.getCause());
            }
        }
    }

    private ApiAnswer sendOnce(ApiRequest request, String user)
            throws KubernetesException, ClosedConnectionException {
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(build(request, user).build(), byte[].class);
        try {
            HttpResponse<byte[]> response =
                    sent.get(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
            byte[] body = response.body() == null ? new byte[0] : response.body();
            if (!response.isSuccessful()) {
                throw new KubernetesException(
                        KubernetesFailure.of(response.code(), status(body))
                                .orRetryAfter(response.header("Retry-After")));
            }
            return new ApiAnswer(response.code(), body);
        } catch (ExecutionException e) {
            if (!request.method().equals("POST")) {
                throw new ClosedConnectionException(e.getCause());
            }
            throw unreachable(request, e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw unreachable(request, e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable(request, e);
        }
    }

    /** The connection ended without an answer. */
    private static final class ClosedConnectionException extends Exception {
        ClosedConnectionException(@Nullable Throwable cause) {
            super(cause);
        }
    }

    /** Opens an answer that lasts; the request's timeout is for its beginning. */
    ApiStream stream(ApiRequest request, String user) throws KubernetesException {
        HttpRequest.Builder builder = build(request, user);
        builder.timeout(0, TimeUnit.MILLISECONDS);
        builder.forStreaming();
        return ApiStream.open(http, builder.build(), request.timeout());
    }

    private HttpRequest.Builder build(ApiRequest request, String user) {
        HttpRequest.Builder builder = http.newHttpRequestBuilder();
        builder.uri(base + request.path());
        builder.method(request.method(), request.contentType(), request.body());
        builder.setHeader("Accept", request.accept());
        if (!user.isEmpty()) {
            builder.setHeader("Impersonate-User", user);
        }
        builder.timeout(request.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return builder;
    }

    private KubernetesException unreachable(ApiRequest request, @Nullable Throwable cause) {
        String why =
                switch (cause) {
                    case TimeoutException _ ->
                            "no answer within " + request.timeout().toSeconds() + " s";
                    case InterruptedException _ -> "interrupted";
                    case null -> "unknown error";
                    default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
                };
        return new KubernetesException(
                KubernetesFailure.unreachable(
                        "the API server " + base + " cannot be reached: " + why));
    }

    static JsonNode status(byte[] body) {
        try {
            JsonNode read = ApiAnswer.JSON.readTree(body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
