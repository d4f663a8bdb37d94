package dev.sluice.kubernetes.apply;

import dev.sluice.manifests.KubernetesObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Digests of what is wanted, to tell whether it is what was last applied. They are kept in events
 * that many may read, and objects hold secrets, so they are keyed: without the key nobody can test
 * a guess.
 *
 * @param key for HMAC-SHA-256; the same as long as digests shall be comparable
 */
public record DesiredDigest(SecretKey key) {

    String of(KubernetesObject object) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] hash = mac.doFinal(object.tree().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
