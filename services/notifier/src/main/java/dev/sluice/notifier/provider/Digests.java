package dev.sluice.notifier.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Digests in lower-case hex. */
final class Digests {

    private static final HexFormat HEX = HexFormat.of();

    private Digests() {}

    static String sha1(byte[] content) {
        return HEX.formatHex(digest("SHA-1", content));
    }

    static String sha1(String text) {
        return sha1(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sha256(String text) {
        return digest("SHA-256", text.getBytes(StandardCharsets.UTF_8));
    }

    static String hmacSha256(String key, byte[] content) {
        return HEX.formatHex(hmac(key, content));
    }

    /** In base64 instead. */
    static String hmacSha256Base64(String key, byte[] content) {
        return Base64.getEncoder().encodeToString(hmac(key, content));
    }

    private static byte[] hmac(String key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every platform has HmacSHA256", e);
        }
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has " + algorithm, e);
        }
    }
}
