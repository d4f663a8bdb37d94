package dev.sluice.fluxapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * A GitHub App as the Secret of a source or a Provider describes it. Shows nothing of itself.
 *
 * @param app its id; empty for none
 * @param installation the id of its installation; empty where only the owner is known
 * @param owner who has installed it; empty for none
 * @param key its private key, in PEM
 * @param base of GitHub's API, without a slash at its end
 */
public record GitHubAppKeys(
        String app, String installation, String owner, String key, String base) {

    private static final String DEFAULT_BASE = "https://api.github.com";

    /** GitHub's clock may be behind, and it takes no claim of more than ten minutes. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private static final Duration AFTER = Duration.ofMinutes(9);

    /** Version 0, and that an RSA key follows (RFC 5208, 8017). */
    private static final byte[] RSA_KEY =
            HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    public static GitHubAppKeys of(Map<String, byte[]> secret) {
        String said = text(secret, "githubAppBaseURL");
        return new GitHubAppKeys(
                text(secret, "githubAppID"),
                text(secret, "githubAppInstallationID"),
                text(secret, "githubAppInstallationOwner"),
                text(secret, "githubAppPrivateKey"),
                said.isEmpty() ? DEFAULT_BASE : said.replaceFirst("/+$", ""));
    }

    private static String text(Map<String, byte[]> secret, String key) {
        byte[] value = secret.get(key);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8).strip();
    }

    /** Whether nothing that is needed is missing. */
    public boolean isComplete() {
        return !app.isEmpty() && !key.isEmpty() && !(installation.isEmpty() && owner.isEmpty());
    }

    /**
     * A JSON Web Token by which the App proves for some minutes that it is the one.
     *
     * @throws GeneralSecurityException where the key is no RSA key in PEM
     */
    public String claim(Instant now) throws GeneralSecurityException {
        String claims =
                "{\"iat\":%d,\"exp\":%d,\"iss\":\"%s\"}"
                        .formatted(
                                now.minus(BEFORE).getEpochSecond(),
                                now.plus(AFTER).getEpochSecond(),
                                app.replaceAll("[^A-Za-z0-9.]", ""));
        String text = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + '.' + base64(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(privateKey());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text
                + '.'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private PrivateKey privateKey() throws GeneralSecurityException {
        boolean bare = key.startsWith("-----BEGIN RSA PRIVATE KEY-----");
        if (!bare && !key.startsWith("-----BEGIN PRIVATE KEY-----")) {
            throw new GeneralSecurityException("no RSA key in PEM");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(key.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(bare ? wrapped(der) : der));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("no RSA key in PEM", e);
        }
    }

    /** As GitHub gives the key it is bare; the platform wants it told that it is an RSA key. */
    private static byte[] wrapped(byte[] key) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(RSA_KEY);
        content.writeBytes(tagged(0x04, key));
        return tagged(0x30, content.toByteArray());
    }

    /** Tag, length in two bytes, content; no key of GitHub's is longer. */
    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "GitHubAppKeys[" + app + ']';
    }
}
