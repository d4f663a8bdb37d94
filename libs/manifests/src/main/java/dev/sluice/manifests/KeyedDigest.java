package dev.sluice.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digests of what may hold secrets: HMAC-SHA256, written {@code hmac-sha256:} and hex. Equal
 * content has equal digests, and nobody without the key can try out guesses.
 */
public final class KeyedDigest {

    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "hmac-sha256:";

    private final SecretKeySpec key;

    /**
     * @param key {@value #KEY_BYTES} bytes; copied
     */
    public KeyedDigest(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the key of a keyed digest has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    public String of(byte[] bytes) {
        return PREFIX + HexFormat.of().formatHex(mac().doFinal(bytes));
    }

    /** Of a tree in its canonical form: the order of keys does not count. */
    public String of(JsonNode tree) {
        return of(CanonicalJson.bytes(tree));
    }

    /** Of objects in their order. */
    public String of(List<KubernetesObject> objects) {
        Mac mac = mac();
        for (KubernetesObject object : objects) {
            mac.update(CanonicalJson.bytes(object.tree()));
            mac.update((byte) '\n');
        }
        return PREFIX + HexFormat.of().formatHex(mac.doFinal());
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "KeyedDigest";
    }
}
