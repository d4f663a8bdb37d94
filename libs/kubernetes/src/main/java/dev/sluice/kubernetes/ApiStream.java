package dev.sluice.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an answer that lasts: a watch. One thread reads; {@link #close} may be called from
 * any other and ends the reading. The next part is only asked from the network once the last one
 * was read, so a slow reader holds no more than one part.
 */
public final class ApiStream implements AutoCloseable {

    /** No object is larger: etcd takes 1.5 MiB, and JSON grows it a little. */
    private static final int MAX_LINE = 16 << 20;

    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers, AsyncBody body) implements Part {}

        record End(@Nullable Throwable cause) implements Part {}
    }

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private final AsyncBody body;

    private ApiStream(HttpClient http, HttpRequest request, Duration timeout)
            throws KubernetesException {
        CompletableFuture<HttpResponse<AsyncBody>> opened =
                http.consumeBytes(request, (buffers, b) -> parts.add(new Part.Bytes(buffers, b)));
        HttpResponse<AsyncBody> response = await(opened, timeout);
        this.body = response.body();
        var _ = body.done().whenComplete((_, failure) -> parts.add(new Part.End(failure)));
        body.consume();
        if (!response.isSuccessful()) {
            throw new KubernetesException(
                    KubernetesFailure.of(response.code(), ApiServer.status(rest(timeout))));
        }
    }

    static ApiStream open(HttpClient http, HttpRequest request, Duration timeout)
            throws KubernetesException {
        return new ApiStream(http, request, timeout);
    }

    /**
     * The next line, without its end.
     *
     * @param patience how long nothing at all may come
     * @return null at the end of the answer
     * @throws KubernetesException {@code UNREACHABLE} where the connection broke or nothing came
     */
    public byte @Nullable [] next(Duration patience) throws KubernetesException {
        while (lines.isEmpty()) {
            if (!take(patience)) {
                return null;
            }
        }
        return lines.removeFirst();
    }

    @Override
    public void close() {
        body.cancel();
        parts.add(new Part.End(null));
    }

    private boolean take(Duration patience) throws KubernetesException {
        try {
            Part part = parts.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            return switch (part) {
                case null -> throw broken("nothing came for " + patience.toSeconds() + " s");
                case Part.End(Throwable cause) when cause != null ->
                        throw broken(String.valueOf(cause.getMessage()));
                case Part.End _ -> false;
                case Part.Bytes(List<ByteBuffer> buffers, AsyncBody from) -> {
                    for (ByteBuffer buffer : buffers) {
                        split(buffer);
                    }
                    from.consume();
                    yield true;
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw broken("interrupted");
        }
    }

    private void split(ByteBuffer buffer) throws KubernetesException {
        while (buffer.hasRemaining()) {
            byte b = buffer.get();
            if (b == '\n') {
                lines.add(unfinished.toByteArray());
                unfinished = new ByteArrayOutputStream();
            } else {
                unfinished.write(b);
            }
        }
        if (unfinished.size() > MAX_LINE) {
            close();
            throw broken("a line longer than " + MAX_LINE + " bytes");
        }
    }

    private byte[] rest(Duration timeout) throws KubernetesException {
        while (take(timeout)) {
            if (!lines.isEmpty()) {
                unfinished.writeBytes(lines.removeFirst());
            }
        }
        return unfinished.toByteArray();
    }

    private static HttpResponse<AsyncBody> await(
            CompletableFuture<HttpResponse<AsyncBody>> opened, Duration timeout)
            throws KubernetesException {
        try {
            return opened.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw broken(String.valueOf(cause == null ? e : cause.getMessage()));
        } catch (TimeoutException e) {
            var _ = opened.whenComplete((response, _) -> cancel(response));
            throw broken("no answer within " + timeout.toSeconds() + " s");
        } catch (InterruptedException e) {
            var _ = opened.whenComplete((response, _) -> cancel(response));
            Thread.currentThread().interrupt();
            throw broken("interrupted");
        }
    }

    private static void cancel(@Nullable HttpResponse<AsyncBody> response) {
        if (response != null) {
            response.body().cancel();
        }
    }

    private static KubernetesException broken(String why) {
        return new KubernetesException(
                KubernetesFailure.unreachable("the watch of the API server broke: " + why));
    }
}
