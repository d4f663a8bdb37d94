package dev.sluice.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Requests to one API server. Every call blocks, for half a minute at most. */
public final class ClusterClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String METADATA =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    private final ClusterAddress address;
    private final HttpClient http;

    public ClusterClient(ClusterAddress address) {
        this.address = address;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(address.tls())
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    /** The namespace of the context. */
    public String namespace() {
        return address.namespace();
    }

    /**
     * Reads an object or a list.
     *
     * @param path from the root, with its query
     */
    public ObjectNode get(String path) throws ClusterException {
        return send(request(path).GET().build());
    }

    /** Reads an object, if it exists. */
    public Optional<ObjectNode> find(String path) throws ClusterException {
        try {
            return Optional.of(get(path));
        } catch (ClusterException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Applies an object on the server's side; fields that others own are taken over. */
    public ObjectNode apply(String path, String fieldManager, JsonNode object)
            throws ClusterException {
        return applied(path + "?force=true&fieldManager=" + fieldManager, object);
    }

    /** What an apply would make of an object; nothing is changed. */
    public ObjectNode applyDry(String path, String fieldManager, JsonNode object)
            throws ClusterException {
        return applied(path + "?dryRun=All&force=true&fieldManager=" + fieldManager, object);
    }

    private ObjectNode applied(String path, JsonNode object) throws ClusterException {
        return send(
                request(path)
                        .header("Content-Type", "application/apply-patch+yaml")
                        .method("PATCH", BodyPublishers.ofString(object.toString()))
                        .build());
    }

    /**
     * Reads lines as they come, until the server ends them or the thread is interrupted. The sink
     * may stop it by returning false.
     */
    public void follow(String path, Predicate<String> sink) throws ClusterException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.server() + path))
                        .header("Accept", "application/json, text/plain, */*");
        address.authorization().ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<Stream<String>> response =
                    http.send(request.GET().build(), BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() >= 300) {
                    String text = String.join("\n", lines.limit(50).toList());
                    String message = read(text.getBytes(UTF_8)).path("message").asText();
                    throw new ClusterException(
                            "The API server refused: " + (message.isEmpty() ? text : message),
                            response.statusCode());
                }
                Iterator<String> each = lines.iterator();
                while (each.hasNext() && sink.test(each.next())) {
                    // The sink does the work.
                }
            }
        } catch (UncheckedIOException e) {
            throw new ClusterException("The API server " + address + " ended the answer.");
        } catch (IOException e) {
            throw new ClusterException(
                    "The API server " + address + " cannot be reached: " + describe(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted.");
        }
    }

    /** Reads something in another form than the usual one. */
    public ObjectNode get(String path, String accept) throws ClusterException {
        return send(request(path, accept).GET().build());
    }

    /** Merges a patch into an object. */
    public ObjectNode patch(String path, String fieldManager, JsonNode patch)
            throws ClusterException {
        return send(
                request(path + "?fieldManager=" + fieldManager)
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", BodyPublishers.ofString(patch.toString()))
                        .build());
    }

    /** The metadata of an object: of a Secret, nothing that is secret. */
    public ObjectNode metadata(String path) throws ClusterException {
        return send(request(path, METADATA).GET().build());
    }

    /** Merges a patch into an object of which only the metadata is answered. */
    public ObjectNode patchMetadata(String path, String fieldManager, JsonNode patch)
            throws ClusterException {
        return send(
                request(path + "?fieldManager=" + fieldManager, METADATA)
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", BodyPublishers.ofString(patch.toString()))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return request(path, "application/json");
    }

    private HttpRequest.Builder request(String path, String accept) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.server() + path))
                        .timeout(TIMEOUT)
                        .header("Accept", accept);
        address.authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private ObjectNode send(HttpRequest request) throws ClusterException {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            JsonNode body = read(response.body());
            if (response.statusCode() < 300 && body instanceof ObjectNode object) {
                return object;
            }
            String message = body.path("message").asText();
            throw new ClusterException(
                    message.isEmpty()
                            ? address + " answered with HTTP " + response.statusCode() + "."
                            : "The API server refused: " + message,
                    response.statusCode());
        } catch (IOException e) {
            throw new ClusterException(
                    "The API server " + address + " cannot be reached: " + describe(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("Interrupted.");
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static String describe(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
