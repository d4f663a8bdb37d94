package dev.sluice.sops.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Requests to key services: JSON answers of bounded size in bounded time, no redirects (a token
 * must not follow one).
 */
public final class HttpCalls {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_ANSWER = 64 * 1024;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client;

    private HttpCalls(HttpClient client) {
        this.client = client;
    }

    /** Over the network as it is set up for this process. */
    public static HttpCalls direct() {
        return new HttpCalls(
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .build());
    }

    static HttpRequest.Builder request(String uri) throws KeyServiceException {
        try {
            return HttpRequest.newBuilder(URI.create(uri)).timeout(TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new KeyServiceException("the address of the key is not valid", false);
        }
    }

    /** A form sent to a token service. */
    static HttpRequest form(URI address, Map<String, String> fields) throws KeyServiceException {
        String body =
                fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + '=' + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return request(address.toString())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    String body(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are JSON", e);
        }
    }

    /**
     * The JSON answer.
     *
     * @throws KeyServiceException when there is none, or its status is no success; never with text
     *     of the answer, which may repeat what was sent
     */
    JsonNode send(HttpRequest request) throws KeyServiceException, InterruptedException {
        String host = request.uri().getHost();
        try {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] answer = body.readNBytes(MAX_ANSWER + 1);
                int status = response.statusCode();
                if (status / 100 != 2) {
                    boolean passing = status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
                    throw new KeyServiceException(
                            host + " answered with status " + status, passing);
                }
                if (answer.length > MAX_ANSWER) {
                    throw new KeyServiceException(
                            host + " answered with more than " + MAX_ANSWER + " bytes", false);
                }
                return parsed(host, answer);
            }
        } catch (IOException e) {
            throw new KeyServiceException(
                    host + " does not answer (" + e.getClass().getSimpleName() + ")", true);
        }
    }

    private JsonNode parsed(String host, byte[] answer) throws IOException, KeyServiceException {
        try {
            return json.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new KeyServiceException(
                    host + " answered with something that is not JSON", false);
        }
    }

    /** A text of the answer. */
    static String text(JsonNode answer, String... path) throws KeyServiceException {
        JsonNode node = answer;
        for (String key : path) {
            node = node.path(key);
        }
        if (!node.isTextual()) {
            throw new KeyServiceException(
                    "the answer of the key service has no " + String.join(".", path), false);
        }
        return node.textValue();
    }

    /** Bytes in Base64, with or without padding, of the common or the URL alphabet. */
    static byte[] bytes(String base64) throws KeyServiceException {
        try {
            String common = base64.strip().replace('-', '+').replace('_', '/');
            return Base64.getDecoder().decode(common.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new KeyServiceException(
                    "a wrapped key or the answer of the key service is not Base64", false);
        }
    }
}
