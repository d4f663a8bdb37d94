package dev.sluice.fetcher.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Message authentication codes and tokens, compared in constant time. */
final class Signatures {

    private static final Map<String, String> ALGORITHMS =
            Map.of("sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha512", "HmacSHA512");

    private Signatures() {}

    /** Checks {@code <algorithm>=<hex>}, where the algorithm is sha1, sha256 or sha512. */
    static void check(String signature, String key, byte[] body) throws RefusedException {
        int equals = signature.indexOf('=');
        String algorithm = equals < 0 ? null : ALGORITHMS.get(signature.substring(0, equals));
        if (algorithm == null) {
            throw new RefusedException("the signature is missing or of an unknown kind");
        }
        byte[] given;
        try {
            given = HexFormat.of().parseHex(signature.substring(equals + 1));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the signature is not in hex");
        }
        if (!MessageDigest.isEqual(given, code(algorithm, key, body))) {
            throw new RefusedException("the signature is wrong");
        }
    }

    /** Checks a bare SHA-1 code in lower-case hex. */
    static void checkBareSha1(String signature, String key, byte[] body) throws RefusedException {
        String expected = HexFormat.of().formatHex(code("HmacSHA1", key, body));
        if (!isSame(signature, expected)) {
            throw new RefusedException("the signature is missing or wrong");
        }
    }

    /** Checks a token that is sent as it is. */
    static void checkToken(String given, String token) throws RefusedException {
        if (!isSame(given, token)) {
            throw new RefusedException("the token is missing or wrong");
        }
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] code(String algorithm, String key, byte[] body) throws RefusedException {
        if (key.isEmpty()) {
            throw new RefusedException("the Secret's token is empty");
        }
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every platform has " + algorithm, e);
        }
    }
}
