package dev.sluice.fetcher.webhook;

import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.notification.Receiver;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes calls of webhooks on a port of its own, which faces outside. A path that no Receiver has is
 * answered before anything is read; bodies are bounded one by one and all together; answers say no
 * more than their status.
 *
 * <p>Threads: the event loop reads; each call that was read whole has a virtual thread.
 */
final class WebhookServer implements AutoCloseable {

    /** The longest body, in bytes. */
    static final int MAX_BODY = 3 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);
    private static final long MAX_BODIES = 32L << 20;
    private static final int MAX_CONNECTIONS = 1000;
    private static final long BODY_MILLIS = 30_000;

    /** How much of a body that is too long is read and forgotten, so that the caller hears why. */
    private static final int MAX_DRAINED = 16 << 20;

    /** Does what a call asks for. */
    interface Work {
        void deliver(Receiver receiver, Delivery delivery)
                throws RefusedException, InterruptedException;
    }

    private final Vertx vertx;
    private final ReceiverTable table;
    private final Work work;
    private final HttpServer server;
    private final AtomicLong bodies = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();

    WebhookServer(Vertx vertx, ReceiverTable table, Work work) {
        this.vertx = vertx;
        this.table = table;
        this.work = work;
        this.server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setIdleTimeout(60)
                                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                                        .setHttp2ClearTextEnabled(false)
                                        .setMaxHeaderSize(32 * 1024)
                                        .setMaxInitialLineLength(4096))
                        .connectionHandler(connection -> {
                            if (connections.incrementAndGet() > MAX_CONNECTIONS) {
                                connection.close();
                            }
                            connection.closeHandler(gone -> connections.decrementAndGet());
                        })
                        .requestHandler(this::take);
    }

    /**
     * Starts to listen; blocks until it does.
     *
     * @return the port
     */
    int start(String host, int port) {
        return server.listen(port, host)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @Override
    public void close() {
        server.close();
    }

    private void take(HttpServerRequest request) {
        Optional<Receiver> receiver = table.at(request.uri());
        if (receiver.isEmpty()) {
            answer(request, 404);
        } else if (receiver.get().spec().suspend() || !isReady(receiver.get())) {
            answer(request, 503);
        } else {
            read(request, receiver.get());
        }
    }

    private static boolean isReady(Receiver receiver) {
        return receiver.status() != null
                && new Conditions(receiver.status().conditions()).isTrue(ConditionTypes.READY);
    }

    private void read(HttpServerRequest request, Receiver receiver) {
        Body body = new Body();
        long deadline =
                vertx.setTimer(
                        BODY_MILLIS,
                        id -> {
                            body.free();
                            request.connection().close();
                        });
        request.handler(part -> {
            if (!body.add(part)) {
                body.free();
                drain(request, body);
            }
        });
        request.exceptionHandler(problem -> {
            vertx.cancelTimer(deadline);
            body.free();
        });
        request.endHandler(end -> {
            vertx.cancelTimer(deadline);
            if (!body.refused) {
                Delivery delivery = new Delivery(headers(request), body.bytes.getBytes());
                Thread.ofVirtual()
                        .name("webhook")
                        .start(() -> {
                            try {
                                answer(request, status(receiver, delivery));
                            } finally {
                                body.free();
                            }
                        });
            }
        });
    }

    /** A body while it is read. Only the event loop touches it until its end. */
    private final class Body {

        private final Buffer bytes = Buffer.buffer();
        private final AtomicLong held = new AtomicLong();
        private boolean refused;
        private boolean full;
        private long drained;

        /** Whether there was room for it. */
        boolean add(Buffer part) {
            if (refused) {
                drained += part.length();
                return false;
            }
            boolean tooLong = bytes.length() + part.length() > MAX_BODY;
            full = bodies.addAndGet(part.length()) > MAX_BODIES;
            held.addAndGet(part.length());
            refused = tooLong || full;
            if (!refused) {
                bytes.appendBuffer(part);
            }
            return !refused;
        }

        void free() {
            bodies.addAndGet(-held.getAndSet(0));
        }
    }

    private static void drain(HttpServerRequest request, Body body) {
        if (!request.response().headWritten()) {
            request.response().putHeader("Connection", "close");
            answer(request, body.full ? 503 : 413);
        }
        if (body.drained > MAX_DRAINED) {
            request.connection().close();
        }
    }

    private int status(Receiver receiver, Delivery delivery) {
        try {
            work.deliver(receiver, delivery);
            return 200;
        } catch (RefusedException e) {
            LOG.atInfo()
                    .addKeyValue("target", ReceiverTable.key(receiver))
                    .addKeyValue("reason", e.getMessage())
                    .log("a call was refused");
            return e.why().status();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("target", ReceiverTable.key(receiver))
                    .setCause(e)
                    .log("a call could not be worked on");
            return 500;
        }
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(
                        (name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    private static void answer(HttpServerRequest request, int status) {
        if (!request.response().ended()) {
            request.response().setStatusCode(status).end();
        }
    }
}
