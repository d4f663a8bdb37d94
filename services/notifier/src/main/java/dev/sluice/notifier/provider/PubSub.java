package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;

/**
 * A Google Pub/Sub topic: the address is the project, the channel the topic, the token in the
 * Secret the JSON key of a service account. The headers of the Secret become attributes.
 */
final class PubSub {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCOPE = "https://www.googleapis.com/auth/pubsub";
    private static final Duration VALID = Duration.ofMinutes(30);

    private PubSub() {}

    static void tell(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        JsonNode account = account(target);
        String domain = account.path("universe_domain").asText("googleapis.com");
        String url =
                "https://pubsub.%s/v1/projects/%s/topics/%s:publish"
                        .formatted(
                                domain,
                                Repository.segment(target.requiredAddress()),
                                Repository.segment(target.requiredChannel()));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode message = body.putArray("messages").addObject();
        message.put("data", Base64.getEncoder().encodeToString(notification.body()));
        if (!target.access().headers().isEmpty()) {
            ObjectNode attributes = message.putObject("attributes");
            target.access().headers().forEach(attributes::put);
        }
        exchange.demand(Request.post(url, body).bearer(token(account, exchange)));
    }

    private static JsonNode account(Target target) throws TellException {
        if (target.access().token().isEmpty()) {
            throw TellException.later(
                    "the Provider has no token: set token in its Secret to the JSON key of a service account; workload identity is not served");
        }
        try {
            JsonNode account = JSON.readTree(target.access().token());
            if (account.path("private_key").isTextual()
                    && account.path("client_email").isTextual()) {
                return account;
            }
        } catch (IOException e) {
            // Told below, without what the parser shows of it.
        }
        throw TellException.later("the token in the Secret is no JSON key of a service account");
    }

    /** The key signs for a token that holds for some minutes. */
    private static String token(JsonNode account, Exchange exchange)
            throws TellException, InterruptedException {
        String url = account.path("token_uri").asText("https://oauth2.googleapis.com/token");
        long now = exchange.now().getEpochSecond();
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", account.path("client_email").asText())
                .put("scope", SCOPE)
                .put("aud", url)
                .put("iat", now)
                .put("exp", now + VALID.toSeconds());
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("alg", "RS256").put("typ", "JWT");
        if (account.path("private_key_id").isTextual()) {
            header.put("kid", account.path("private_key_id").asText());
        }
        String signing = encoded(header) + '.' + encoded(claims);
        String form =
                "grant_type="
                        + URLEncoder.encode(
                                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                                StandardCharsets.UTF_8)
                        + "&assertion="
                        + signing
                        + '.'
                        + signature(account.path("private_key").asText(), signing);
        String token =
                exchange.demand(
                                Request.post(
                                        url,
                                        "application/x-www-form-urlencoded",
                                        form.getBytes(StandardCharsets.US_ASCII)))
                        .json()
                        .path("access_token")
                        .asText();
        if (token.isEmpty()) {
            throw TellException.later("the service account got no token");
        }
        return token;
    }

    private static String signature(String pem, String text) throws TellException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw TellException.later("the private_key of the service account is no RSA key");
        }
    }

    private static String encoded(ObjectNode json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
