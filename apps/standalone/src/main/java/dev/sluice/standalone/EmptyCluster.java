package dev.sluice.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers like an API server that holds nothing: empty lists, silent watches, and every write as it
 * came. Enough for a start that is only rehearsed.
 */
final class EmptyCluster implements AutoCloseable {

    /**
     * An empty list and, for whoever asks what kinds there are, the two that the services look up.
     */
    private static final String EMPTY_LIST =
            """
            {"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[],"groups":[],"resources":[
            {"name":"kustomizations","kind":"Kustomization","singularName":"kustomization","namespaced":true,"verbs":["get","list","watch","patch"]},
            {"name":"gitrepositories","kind":"GitRepository","singularName":"gitrepository","namespaced":true,"verbs":["get","list","watch","patch"]}]}
            """;

    private static final String NOT_FOUND =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"message\":\"not found\",\"code\":404}";

    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
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
        String path = exchange.getRequestURI().getPath();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (sent.length > 0) {
            kept.put(
                    exchange.getRequestMethod().equals("POST") ? path + '/' + nameOf(sent) : path,
                    sent);
        }
        byte[] known = sent.length > 0 ? sent : kept.getOrDefault(path, new byte[0]);
        boolean absent = known.length == 0 && namesAnObject(path);
        byte[] answer = (absent ? NOT_FOUND : EMPTY_LIST).getBytes(StandardCharsets.UTF_8);
        byte[] body = known.length == 0 ? answer : known;
        exchange.sendResponseHeaders(absent ? 404 : 200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static String nameOf(byte[] object) {
        Matcher name = NAME.matcher(new String(object, StandardCharsets.UTF_8));
        return name.find() ? name.group(1) : "";
    }

    /**
     * After the version come the plural of a kind, a namespace with its name before it, and for one
     * object its name.
     */
    private static boolean namesAnObject(String path) {
        int segments = path.split("/").length - 1;
        int group = path.startsWith("/apis/") ? 3 : 2;
        return segments > group && (segments - group) % 2 == 0;
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
