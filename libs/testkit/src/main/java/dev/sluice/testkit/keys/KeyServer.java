package dev.sluice.testkit.keys;

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
import java.util.List;

/**
 * AWS KMS and STS, Google KMS and its token services, Azure Key Vault and Entra, and Vault's
 * transit engine on the loopback, by the requests that sops was seen to send: the real sops
 * encrypts and decrypts with it. What it wraps is bound to the key's name and, for AWS, the
 * encryption context.
 */
public final class KeyServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private final HttpServer server;
    private final Wrapping wrapping = new Wrapping();
    private final List<String> requests = new ArrayList<>();
    private int status = OK;

    public KeyServer() {
        this(0);
    }

    /**
     * @param port 0 for any
     */
    public KeyServer(int port) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method, path and the headers that carry credentials, in the order of arrival. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Every request is answered with this status from now on, and with nothing else. */
    public synchronized void answerWith(int newStatus) {
        status = newStatus;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(
                exchange.getRequestMethod()
                        + ' '
                        + exchange.getRequestURI()
                        + ' '
                        + credential(exchange));
        byte[] answer = new byte[0];
        int code = status;
        if (status == OK) {
            try {
                answer = answer(exchange, body).getBytes(StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                code = 400;
                answer =
                        "{\"__type\":\"InvalidCiphertextException\"}"
                                .getBytes(StandardCharsets.UTF_8);
            }
        }
        exchange.sendResponseHeaders(code, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String credential(HttpExchange exchange) {
        String vault = exchange.getRequestHeaders().getFirst("X-Vault-Token");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return vault != null ? vault : String.valueOf(authorization).replaceAll("Signature=.*", "");
    }

    private String answer(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.contains("Action=AssumeRole")) {
            return Tokens.awsRole(text);
        }
        if (path.endsWith("/token") || path.endsWith(":generateAccessToken")) {
            return Tokens.token(path, text);
        }
        JsonNode request = JSON.readTree(body);
        if (path.endsWith("/login")) {
            ObjectNode login = JSON.createObjectNode();
            login.putObject("auth").put("client_token", "hvs." + request.path("role").asText());
            return login.toString();
        }
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        return (target == null ? wrapped(path, request) : aws(target, request)).toString();
    }

    private ObjectNode aws(String target, JsonNode request) {
        String key = request.path("KeyId").asText();
        String bound = key + Wrapping.sorted(request.path("EncryptionContext"));
        ObjectNode answer = JSON.createObjectNode().put("KeyId", key);
        return target.endsWith("Encrypt")
                ? answer.put("CiphertextBlob", wrapping.wrap(bound, text(request, "Plaintext")))
                : answer.put("Plaintext", wrapping.unwrap(bound, text(request, "CiphertextBlob")));
    }

    private ObjectNode wrapped(String path, JsonNode request) {
        ObjectNode answer = JSON.createObjectNode();
        if (path.contains("/cryptoKeys/")) {
            String bound = path.substring(0, path.lastIndexOf(':'));
            return path.endsWith(":encrypt")
                    ? answer.put("ciphertext", wrapping.wrap(bound, text(request, "plaintext")))
                    : answer.put("plaintext", wrapping.unwrap(bound, text(request, "ciphertext")));
        }
        if (path.startsWith("/keys/")) {
            String bound = path.substring(0, path.lastIndexOf('/'));
            String value = Wrapping.common(text(request, "value"));
            return answer.put(
                    "value",
                    Wrapping.forUrls(
                            path.endsWith("/encrypt")
                                    ? wrapping.wrap(bound, value)
                                    : wrapping.unwrap(bound, value)));
        }
        if (path.contains("/encrypt/")) {
            String bound = path.replace("/encrypt/", "/");
            answer.withObject("data")
                    .put(
                            "ciphertext",
                            "vault:v1:" + wrapping.wrap(bound, text(request, "plaintext")));
        } else {
            String bound = path.replace("/decrypt/", "/");
            answer.withObject("data")
                    .put(
                            "plaintext",
                            wrapping.unwrap(
                                    bound, text(request, "ciphertext").replace("vault:v1:", "")));
        }
        return answer;
    }

    private static String text(JsonNode request, String field) {
        return request.path(field).asText();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
