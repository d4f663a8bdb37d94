package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API server that keeps what it is given by path, merges patches, and lists what lies below a
 * path.
 */
final class FakeApiServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LIST =
            Pattern.compile(
                    "(?<api>/api/v1|/apis/[^/]+/[^/]+)(/namespaces/(?<namespace>[^/]+))?/(?<plural>[a-z]+s)");

    private final NavigableMap<String, ObjectNode> stored = new ConcurrentSkipListMap<>();
    private final HttpServer server;
    private UnaryOperator<ObjectNode> controller = object -> object;

    FakeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** What a controller does to each object that changes, as if it were at once. */
    void controlledBy(UnaryOperator<ObjectNode> changes) {
        controller = changes;
    }

    void put(String path, String json) throws IOException {
        stored.put(path, (ObjectNode) JSON.readTree(json));
    }

    ObjectNode get(String path) {
        return stored.get(path);
    }

    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("config"),
                """
                current-context: a
                contexts: [{name: a, context: {cluster: a, user: a}}]
                clusters: [{name: a, cluster: {server: 'http://127.0.0.1:%d'}}]
                users: [{name: a, user: {token: t}}]
                """
                        .formatted(server.getAddress().getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PATCH")) {
            ObjectNode before = stored.get(path);
            patch(path, JSON.readTree(exchange.getRequestBody()));
            if (String.valueOf(exchange.getRequestURI().getQuery()).contains("dryRun=All")) {
                send(exchange, stored.get(path));
                stored.computeIfPresent(path, (_, _) -> before);
                return;
            }
        }
        ObjectNode found = stored.containsKey(path) ? stored.get(path) : list(path);
        JsonNode body =
                found == null
                        ? JsonNodeFactory.instance.objectNode().put("message", "not found")
                        : found;
        send(exchange, found == null ? 404 : 200, body);
    }

    private static void send(HttpExchange exchange, JsonNode body) throws IOException {
        send(exchange, 200, body);
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] text = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private void patch(String path, JsonNode patch) throws IOException {
        ObjectNode object =
                stored.computeIfAbsent(path, _ -> JsonNodeFactory.instance.objectNode()).deepCopy();
        ObjectNode merged = JSON.readerForUpdating(object).readValue(patch);
        ((ObjectNode) merged.get("metadata"))
                .put(
                        "resourceVersion",
                        Integer.toString(merged.get("metadata").path("name").hashCode()));
        stored.put(path, controller.apply(merged));
    }

    /** All namespaces if the path names none; null if it is not the path of a list. */
    private ObjectNode list(String path) {
        Matcher parts = LIST.matcher(path);
        if (!parts.matches()) {
            return null;
        }
        String namespace = parts.group("namespace") == null ? "[^/]+" : parts.group("namespace");
        String below =
                parts.group("api")
                        + "/namespaces/"
                        + namespace
                        + "/"
                        + parts.group("plural")
                        + "/[^/]+";
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        var items = list.putArray("items");
        stored.forEach((key, object) -> {
            if (key.matches(below)) {
                items.add(object);
            }
        });
        return list;
    }
}
