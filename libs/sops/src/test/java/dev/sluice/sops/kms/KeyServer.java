package dev.sluice.sops.kms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The four key services on the loopback, by the requests that sops was seen to send. A wrapped key
 * is the key behind a prefix that holds what must come back: the key's name and its context.
 */
final class KeyServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> requests = new ArrayList<>();
    private int status = 200;

    KeyServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method, path and the headers that carry credentials, in the order of arrival. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized void answerWith(int newStatus) {
        status = newStatus;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(
                exchange.getRequestMethod()
                        + ' '
                        + exchange.getRequestURI()
                        + ' '
                        + credential(exchange));
        byte[] answer =
                status == 200
                        ? answer(exchange, path, body).toString().getBytes(StandardCharsets.UTF_8)
                        : new byte[0];
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String credential(HttpExchange exchange) {
        String vault = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return vault != null ? vault : String.valueOf(authorization).replaceAll("Signature=.*", "");
    }

    private static ObjectNode answer(HttpExchange exchange, String path, byte[] body)
            throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        ObjectNode answer = JSON.createObjectNode();
        if (path.endsWith("/token")) {
            return answer.put("access_token", "access-" + path.length());
        }
        JsonNode request = JSON.readTree(body);
        if (target != null) {
            String bound = request.path("KeyId").asText() + request.path("EncryptionContext");
            return target.endsWith("Encrypt")
                    ? answer.put("CiphertextBlob", wrap(bound, request.path("Plaintext").asText()))
                    : answer.put(
                            "Plaintext", unwrap(bound, request.path("CiphertextBlob").asText()));
        }
        if (path.contains("/cryptoKeys/")) {
            String bound = path.substring(0, path.lastIndexOf(':'));
            return path.endsWith(":encrypt")
                    ? answer.put("ciphertext", wrap(bound, request.path("plaintext").asText()))
                    : answer.put("plaintext", unwrap(bound, request.path("ciphertext").asText()));
        }
        if (path.startsWith("/keys/")) {
            String bound = path.substring(0, path.lastIndexOf('/'));
            String value = request.path("value").asText();
            return answer.put(
                    "value",
                    path.endsWith("/encrypt")
                            ? url(wrap(bound, common(value)))
                            : url(unwrap(bound, common(value))));
        }
        if (path.contains("/encrypt/")) {
            answer.withObject("data")
                    .put(
                            "ciphertext",
                            "vault:v1:"
                                    + wrap(
                                            path.replace("/encrypt/", "/"),
                                            request.path("plaintext").asText()));
        } else {
            answer.withObject("data")
                    .put(
                            "plaintext",
                            unwrap(
                                    path.replace("/decrypt/", "/"),
                                    request.path("ciphertext").asText().substring(9)));
        }
        return answer;
    }

    private static String wrap(String bound, String plaintext) {
        return Base64.getEncoder()
                .encodeToString((bound + '|' + plaintext).getBytes(StandardCharsets.UTF_8));
    }

    private static String unwrap(String bound, String ciphertext) {
        String text = new String(Base64.getDecoder().decode(ciphertext), StandardCharsets.UTF_8);
        return text.startsWith(bound + '|') ? text.substring(bound.length() + 1) : "";
    }

    private static String url(String base64) {
        return base64.replace('+', '-').replace('/', '_').replace("=", "");
    }

    private static String common(String base64) {
        return base64.replace('-', '+').replace('_', '/');
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
