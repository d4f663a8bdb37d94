package dev.sluice.standalone.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.tls.LoopbackKey;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Speaks like an API server and keeps objects in memory: lists, watches, applies, patches. It has
 * no rules, no defaults and no controllers, and label selectors find everything: enough for the
 * pipeline to do its work as a rehearsal.
 */
public final class RehearsalCluster implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORGOTTEN =
            "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"forgotten\"}}";
    private static final String FIELD_NAME = "metadata.name=";

    private final KeptObjects objects = new KeptObjects();
    private final ServedKinds kinds = new ServedKinds();
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param folder for what it needs while it starts
     */
    public RehearsalCluster(Path folder) throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(LoopbackKey.context(folder)));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** How to reach it. */
    public Config access() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + server.getAddress().getPort())
                .withTrustCerts(true)
                .withDisableHostnameVerification(true)
                .withOauthToken("rehearsal")
                .build();
    }

    @Override
    public void close() {
        objects.close();
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] sent = exchange.getRequestBody().readAllBytes();
            List<String> segments =
                    Arrays.stream(exchange.getRequestURI().getPath().split("/"))
                            .filter(segment -> !segment.isEmpty())
                            .toList();
            if (segments.isEmpty() || !ObjectPath.namesObjects(segments)) {
                say(exchange, segments.isEmpty() ? null : kinds.answer(segments));
                return;
            }
            ObjectPath path = ObjectPath.of(segments);
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String selected = query.getOrDefault("fieldSelector", "");
            if (selected.startsWith(FIELD_NAME)) {
                path = path.named(selected.substring(FIELD_NAME.length()));
            }
            switch (exchange.getRequestMethod()) {
                case "GET" -> read(exchange, path, query);
                case "DELETE" -> say(exchange, objects.remove(path.itself()));
                default -> {
                    if (sent.length > 0 && sent[0] != '{') {
                        // Helm's records come in a binary form; they are taken and forgotten.
                        say(exchange, JSON.readTree(FORGOTTEN));
                        return;
                    }
                    ObjectNode body = (ObjectNode) JSON.readTree(sent);
                    String type = exchange.getRequestHeaders().getFirst("Content-Type");
                    say(exchange, write(path, query, body, type == null ? "" : type));
                }
            }
        }
    }

    private void read(HttpExchange exchange, ObjectPath path, Map<String, String> query)
            throws IOException {
        if (query.containsKey("watch")) {
            watch(exchange, path, Long.parseLong(query.getOrDefault("resourceVersion", "1")));
        } else if (path.name().isEmpty() || query.containsKey("fieldSelector")) {
            ObjectNode list = JsonNodeFactory.instance.objectNode();
            list.put("kind", "List").put("apiVersion", "v1");
            list.putObject("metadata").put("resourceVersion", Long.toString(objects.version()));
            ArrayNode items = list.putArray("items");
            objects.list(path).forEach(items::add);
            say(exchange, list);
        } else {
            say(exchange, objects.get(path.itself()));
        }
    }

    private void watch(HttpExchange exchange, ObjectPath path, long from) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            // No web sockets here: the client asks once more, without.
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        long version = from;
        try {
            List<KeptObjects.Change> changes = objects.after(version);
            while (!changes.isEmpty()) {
                for (KeptObjects.Change change : changes) {
                    if (path.covers(change.path())) {
                        ObjectNode line = JsonNodeFactory.instance.objectNode();
                        line.put("type", change.type()).set("object", change.object());
                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                }
                out.flush();
                version += changes.size();
                changes = objects.after(version);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ObjectNode write(
            ObjectPath path, Map<String, String> query, ObjectNode body, String type) {
        String given = body.at("/metadata/name").asText();
        ObjectPath place =
                path.name().isEmpty()
                        ? path.named(
                                given.isEmpty()
                                        ? body.at("/metadata/generateName").asText()
                                                + objects.version()
                                        : given)
                        : path.itself();
        return objects.write(
                place,
                object -> {
                    if (!path.subresource().isEmpty()) {
                        object.set(path.subresource(), body.path(path.subresource()));
                        return object;
                    }
                    OwnedTree.merge(object, body);
                    if (type.contains("apply-patch")) {
                        OwnedTree.own(object, query.getOrDefault("fieldManager", ""), body);
                    } else {
                        OwnedTree.disown(object, body);
                    }
                    return object;
                });
    }

    private static void say(HttpExchange exchange, @Nullable JsonNode answer) throws IOException {
        String text =
                answer == null
                        ? "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}"
                        : answer.toString();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            query.put(
                    equals < 0 ? part : part.substring(0, equals),
                    equals < 0
                            ? ""
                            : URLDecoder.decode(
                                    part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }
}
