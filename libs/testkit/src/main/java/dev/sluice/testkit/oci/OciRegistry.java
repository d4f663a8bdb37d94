package dev.sluice.testkit.oci;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves what was pushed to it over HTTP on loopback, by the OCI distribution API. */
public final class OciRegistry implements AutoCloseable {

    /** How a registry asks who one is. */
    public enum Login {
        NONE,
        BASIC,
        TOKEN
    }

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final Pattern PATH = Pattern.compile("/v2/(.+)/(manifests|blobs|tags)/([^/]+)");

    private static final class Content {
        private final String type;
        private final byte[] bytes;

        Content(String type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }
    }

    /** A layer to push. */
    public static final class Layer {
        private final String type;
        private final byte[] bytes;
        private final Map<String, String> annotations;

        public Layer(String type, byte[] bytes, Map<String, String> annotations) {
            this.type = type;
            this.bytes = bytes;
            this.annotations = annotations;
        }
    }

    private final Login login;
    private final HttpServer server;
    private final PlainDoor door;
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Starts a registry that, if it asks, lets in {@code user} with {@code secret}. */
    public OciRegistry(Login login) throws IOException {
        this.login = login;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        door = new PlainDoor(server.getAddress());
    }

    /** {@code 127.0.0.1:port}. */
    public String host() {
        return "127.0.0.1:" + door.port();
    }

    /** {@code METHOD path} of each request until now. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Pushes an artifact and returns the digest of its manifest. */
    public String push(
            String repository, List<String> names, List<Layer> layers, Map<String, String> notes) {
        List<String> described = new ArrayList<>();
        for (Layer layer : layers) {
            described.add(
                    "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"annotations\":%s}"
                            .formatted(
                                    layer.type,
                                    keep("application/octet-stream", layer.bytes),
                                    layer.bytes.length,
                                    json(layer.annotations)));
        }
        String config = keep("application/octet-stream", "{}".getBytes(StandardCharsets.UTF_8));
        String manifest =
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"application/json\",\"digest\":\"%s\",\"size\":2},\"layers\":[%s],\"annotations\":%s}"
                        .formatted(MANIFEST, config, String.join(",", described), json(notes));
        String digest = keep(MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
        names.forEach(name -> tags.put(repository + ":" + name, digest));
        return digest;
    }

    /** Puts other bytes in the place of a blob, as a registry that lies would. */
    public void corrupt(String digest, byte[] bytes) {
        contents.put(digest, new Content("application/octet-stream", bytes));
    }

    @Override
    public void close() {
        door.close();
        server.stop(0);
    }

    private String keep(String type, byte[] bytes) {
        String digest = "sha256:" + HexFormat.of().formatHex(sha256(bytes));
        contents.put(digest, new Content(type, bytes));
        return digest;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        if (path.equals("/token")) {
            token(exchange);
        } else if (isAllowed(exchange)) {
            answer(exchange, path);
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        boolean known = basic().equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String scope = String.valueOf(exchange.getRequestURI().getQuery());
        boolean right = known && scope.contains("scope=repository:") && scope.endsWith(":pull");
        send(
                exchange,
                right ? 200 : 401,
                "application/json",
                (right ? "{\"token\":\"t0k3n\",\"expires_in\":300}" : "{}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private boolean isAllowed(HttpExchange exchange) throws IOException {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        String wanted =
                switch (login) {
                    case NONE -> shown;
                    case BASIC -> basic();
                    case TOKEN -> "Bearer t0k3n";
                };
        if (login == Login.NONE || wanted.equals(shown)) {
            return true;
        }
        exchange.getResponseHeaders()
                .set(
                        "WWW-Authenticate",
                        login == Login.BASIC
                                ? "Basic realm=\"registry\""
                                : "Bearer realm=\"http://"
                                        + host()
                                        + "/token\",service=\"registry\"");
        send(exchange, 401, "application/json", new byte[0]);
        return false;
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            send(exchange, path.equals("/v2/") ? 200 : 404, "application/json", new byte[0]);
            return;
        }
        String repository = parts.group(1);
        if (parts.group(2).equals("tags")) {
            tags(exchange, repository);
            return;
        }
        String digest = tags.getOrDefault(repository + ":" + parts.group(3), parts.group(3));
        Content content = contents.get(digest);
        if (content == null) {
            byte[] error =
                    "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}"
                            .getBytes(StandardCharsets.UTF_8);
            send(exchange, 404, "application/json", error);
            return;
        }
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
        send(exchange, 200, content.type, content.bytes);
    }

    /** Two tags a page, so that whoever asks must ask on. */
    private void tags(HttpExchange exchange, String repository) throws IOException {
        TreeMap<String, String> all = new TreeMap<>();
        tags.keySet().stream()
                .filter(tag -> tag.startsWith(repository + ":"))
                .forEach(tag -> all.put(tag.substring(repository.length() + 1), ""));
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        int at = query.indexOf("last=");
        List<String> page =
                (at < 0 ? all : all.tailMap(query.substring(at + 5), false))
                        .keySet().stream().limit(2).map(tag -> "\"" + tag + "\"").toList();
        if (page.size() == 2) {
            String last = page.getLast().replace("\"", "");
            exchange.getResponseHeaders()
                    .set(
                            "Link",
                            "<"
                                    + exchange.getRequestURI().getPath()
                                    + "?last="
                                    + last
                                    + ">; rel=\"next\"");
        }
        send(
                exchange,
                200,
                "application/json",
                "{\"tags\":[%s]}"
                        .formatted(String.join(",", page))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static String basic() {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Map<String, String> map) {
        List<String> entries = new ArrayList<>();
        new TreeMap<>(map).forEach((k, v) -> entries.add("\"" + k + "\":\"" + v + "\""));
        return "{" + String.join(",", entries) + "}";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
