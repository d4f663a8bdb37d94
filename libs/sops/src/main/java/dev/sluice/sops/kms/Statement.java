package dev.sluice.sops.kms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** A JSON Web Token that its issuer signs with an RSA key: the proof of OAuth 2.0's JWT grants. */
final class Statement {
    private Statement() {}

    /**
     * @param header without {@code alg}
     */
    static String signed(
            HttpCalls json, Map<String, String> header, Map<String, Object> claims, PrivateKey key)
            throws GeneralSecurityException {
        Map<String, String> whole = new TreeMap<>(header);
        whole.put("alg", "RS256");
        whole.put("typ", "JWT");
        String text = part(json.body(whole)) + '.' + part(json.body(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + '.' + base64(signature.sign());
    }

    private static String part(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
