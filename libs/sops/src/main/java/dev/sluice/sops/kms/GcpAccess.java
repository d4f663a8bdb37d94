package dev.sluice.sops.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Access tokens for a Google service account: a statement signed with its key, exchanged at
 * Google's token service (RFC 7523).
 */
public final class GcpAccess {
    /** Google's token service. */
    public static final URI ENDPOINT = URI.create("https://oauth2.googleapis.com/token");

    private static final String SCOPE = "https://www.googleapis.com/auth/cloudkms";
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final HttpCalls http;
    private final Clock clock;
    private final URI endpoint;

    GcpAccess(HttpCalls http, Clock clock, URI endpoint) {
        this.http = http;
        this.clock = clock;
        this.endpoint = endpoint;
    }

    /** A token for one piece of work. */
    String token(String serviceAccount) throws KeyServiceException, InterruptedException {
        JsonNode account = parsed(serviceAccount);
        String form =
                "grant_type="
                        + encoded("urn:ietf:params:oauth:grant-type:jwt-bearer")
                        + "&assertion="
                        + encoded(assertion(account));
        HttpRequest request =
                HttpCalls.request(endpoint.toString())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build();
        return HttpCalls.text(http.send(request), "access_token");
    }

    private String assertion(JsonNode account) throws KeyServiceException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        header.put("kid", account.path("private_key_id").asText());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", HttpCalls.text(account, "client_email"));
        claims.put("scope", SCOPE);
        claims.put("aud", endpoint.toString());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("exp", clock.instant().plus(LIFETIME).getEpochSecond());
        String signed =
                base64(http.body(header).getBytes(StandardCharsets.UTF_8))
                        + '.'
                        + base64(http.body(claims).getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey(HttpCalls.text(account, "private_key")));
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + base64(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyServiceException(
                    "the private key of the Google service account cannot be used", false);
        }
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    private static JsonNode parsed(String serviceAccount) throws KeyServiceException {
        try {
            return new ObjectMapper().readTree(serviceAccount);
        } catch (JsonProcessingException e) {
            throw new KeyServiceException(
                    "the entry sops.gcp-kms is not the JSON of a service account", false);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
