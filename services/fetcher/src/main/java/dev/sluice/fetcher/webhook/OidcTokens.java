package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * Tokens of identity providers (JSON Web Tokens), checked with the keys that their issuers publish.
 * Only signatures with public keys count, whatever the token says of itself.
 */
final class OidcTokens {

    private static final int LONGEST = 16 * 1024;
    private static final Duration LEEWAY = Duration.ofSeconds(30);

    private static final Map<String, String> ALGORITHMS =
            Map.of(
                    "RS256", "SHA256withRSA",
                    "RS384", "SHA384withRSA",
                    "RS512", "SHA512withRSA",
                    "PS256", "RSASSA-PSS",
                    "ES256", "SHA256withECDSAinP1363Format",
                    "ES384", "SHA384withECDSAinP1363Format",
                    "ES512", "SHA512withECDSAinP1363Format",
                    "EdDSA", "Ed25519");

    private final IssuerKeys keys;
    private final Clock clock;

    OidcTokens(IssuerKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** The token of an {@code Authorization: Bearer} header. */
    static String bearer(Delivery delivery) throws RefusedException {
        String header = delivery.header("authorization");
        if (!header.startsWith("Bearer ") || header.length() > LONGEST) {
            throw new RefusedException("there is no bearer token");
        }
        return header.substring("Bearer ".length()).strip();
    }

    /** Who the token says that it is from: to be believed only once its signature is checked. */
    static String issuer(String token) throws RefusedException {
        return part(token, 1).path("iss").asText("");
    }

    /**
     * The claims of a token that this issuer made for this audience and that is good now.
     *
     * @param audience empty for any
     * @throws RefusedException if it is not
     */
    JsonNode claims(String token, String issuer, String audience)
            throws RefusedException, InterruptedException {
        JsonNode header = part(token, 0);
        String algorithm = header.path("alg").asText("");
        String known = ALGORITHMS.get(algorithm);
        if (known == null) {
            throw new RefusedException("the token is not signed with a known algorithm");
        }
        PublicKey key = keys.key(issuer, header.path("kid").asText(""), algorithm);
        checkSignature(token, known, key);
        ObjectNode claims = part(token, 1);
        checkClaims(claims, issuer, audience);
        return claims;
    }

    private static void checkSignature(String token, String algorithm, PublicKey key)
            throws RefusedException {
        int end = token.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance(algorithm);
            if (algorithm.equals("RSASSA-PSS")) {
                signature.setParameter(
                        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initVerify(key);
            signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
            if (signature.verify(decoded(token.substring(end + 1)))) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new RefusedException("the token's signature can't be checked");
        }
        throw new RefusedException("the token's signature is wrong");
    }

    private void checkClaims(JsonNode claims, String issuer, String audience)
            throws RefusedException {
        Instant now = clock.instant();
        if (!claims.path("iss").asText("").equals(issuer)) {
            throw new RefusedException("the token is of another issuer");
        }
        if (!audience.isEmpty() && !isFor(claims.path("aud"), audience)) {
            throw new RefusedException("the token is for another audience");
        }
        if (!claims.path("exp").isNumber()
                || !now.isBefore(Instant.ofEpochSecond(claims.path("exp").asLong()).plus(LEEWAY))) {
            throw new RefusedException("the token has expired");
        }
        if (claims.path("nbf").isNumber()
                && now.isBefore(Instant.ofEpochSecond(claims.path("nbf").asLong()).minus(LEEWAY))) {
            throw new RefusedException("the token is not good yet");
        }
    }

    private static boolean isFor(JsonNode audiences, String audience) {
        if (audiences.isTextual()) {
            return audiences.textValue().equals(audience);
        }
        for (JsonNode one : audiences) {
            if (one.asText("").equals(audience)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode part(String token, int number) throws RefusedException {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > LONGEST) {
            throw new RefusedException("the bearer token is no JSON Web Token");
        }
        return Payloads.object(decoded(parts[number]));
    }

    private static byte[] decoded(String text) throws RefusedException {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the bearer token is not in Base64");
        }
    }
}
