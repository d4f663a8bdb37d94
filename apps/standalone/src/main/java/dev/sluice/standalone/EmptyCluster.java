package dev.sluice.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Answers like an API server that holds nothing: empty lists, silent watches, and every write as it
 * came. Enough for a start that is only rehearsed.
 */
final class EmptyCluster implements AutoCloseable {

    private static final String EMPTY_LIST =
            "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[],\"resources\":[],\"groups\":[]}";

    private final HttpServer server;
    private final CountDownLatch end = new CountDownLatch(1);

    EmptyCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (query != null && (query.contains("watch=true") || query.contains("watch=1"))) {
            stayOpen(exchange);
            return;
        }
        byte[] sent = exchange.getRequestBody().readAllBytes();
        byte[] body = sent.length == 0 ? EMPTY_LIST.getBytes(StandardCharsets.UTF_8) : sent;
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void stayOpen(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }
}
