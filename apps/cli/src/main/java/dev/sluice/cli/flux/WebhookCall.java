package dev.sluice.cli.flux;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A call of a Receiver's webhook, with what its type asks of callers. */
public final class WebhookCall {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final byte[] body;

    /**
     * @param spec of the Receiver
     * @param event null for the first of {@code spec.events}, or {@code push}
     */
    public WebhookCall(JsonNode spec, String token, @Nullable String event, byte[] body) {
        this.body = body;
        headers.put("Content-Type", "application/json");
        String first = spec.path("events").path(0).asText("push");
        String named = event == null ? first : event;
        switch (spec.path("type").asText("")) {
            case "generic-hmac" ->
                    headers.put("X-Signature", "sha256=" + code("HmacSHA256", token));
            case "github" -> {
                headers.put("X-Hub-Signature-256", "sha256=" + code("HmacSHA256", token));
                headers.put("X-GitHub-Event", named);
            }
            case "bitbucket" -> {
                headers.put("X-Hub-Signature", "sha256=" + code("HmacSHA256", token));
                headers.put("X-Event-Key", named);
            }
            case "gitlab" -> {
                headers.put("X-Gitlab-Token", token);
                headers.put("X-Gitlab-Event", named);
            }
            case "harbor" -> headers.put("Authorization", token);
            case "nexus" -> headers.put("X-Nexus-Webhook-Signature", code("HmacSHA1", token));
            case "cdevents" -> headers.put("Ce-Type", named);
            default -> {}
        }
    }

    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** Not to be changed. */
    public byte[] body() {
        return body;
    }

    private String code(String algorithm, String token) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("the token is empty, or there is no " + algorithm, e);
        }
    }
}
