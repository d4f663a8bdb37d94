package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP request.
 *
 * @param url whole
 * @param headers without the content type
 * @param contentType empty where there is no body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Request(
        String method, String url, Map<String, String> headers, String contentType, byte[] body) {

    static final String JSON = "application/json";

    public Request {
        headers = new LinkedHashMap<>(headers);
    }

    static Request get(String url) {
        return new Request("GET", url, Map.of(), "", new byte[0]);
    }

    static Request post(String url, JsonNode body) {
        return post(url, JSON, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Request post(String url, String contentType, byte[] body) {
        return new Request("POST", url, Map.of(), contentType, body);
    }

    Request as(String otherMethod) {
        return new Request(otherMethod, url, headers, contentType, body);
    }

    /** With one more header; of two of one name the later counts. */
    Request with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.keySet().removeIf(name::equalsIgnoreCase);
        all.put(name, value);
        return new Request(method, url, all, contentType, body);
    }

    Request bearer(String token) {
        return token.isEmpty() ? this : with("Authorization", "Bearer " + token);
    }

    Request basic(String username, String password) {
        byte[] pair = (username + ':' + password).getBytes(StandardCharsets.UTF_8);
        return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** Without the address and the headers, which may hold credentials. */
    @Override
    public String toString() {
        return "Request[" + method + "]";
    }
}
