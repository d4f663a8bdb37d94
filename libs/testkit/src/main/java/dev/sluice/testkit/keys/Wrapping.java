package dev.sluice.testkit.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Wraps data keys under one master key, bound to a text. In and out is Base64. */
final class Wrapping {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec master;

    Wrapping() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        master = new SecretKeySpec(key, "AES");
    }

    String wrap(String bound, String base64) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed =
                cipher(Cipher.ENCRYPT_MODE, nonce, bound, Base64.getDecoder().decode(base64));
        byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
        return Base64.getEncoder().encodeToString(whole);
    }

    String unwrap(String bound, String base64) {
        byte[] whole = Base64.getDecoder().decode(base64);
        if (whole.length <= NONCE) {
            throw new IllegalArgumentException("too short");
        }
        byte[] nonce = Arrays.copyOf(whole, NONCE);
        byte[] sealed = Arrays.copyOfRange(whole, NONCE, whole.length);
        return Base64.getEncoder()
                .encodeToString(cipher(Cipher.DECRYPT_MODE, nonce, bound, sealed));
    }

    private byte[] cipher(int mode, byte[] nonce, String bound, byte[] in) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, master, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(in);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not wrapped with this key", e);
        }
    }

    static String sorted(JsonNode map) {
        TreeMap<String, String> sorted = new TreeMap<>();
        map.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue().asText()));
        return sorted.toString();
    }

    static String forUrls(String base64) {
        return base64.replace('+', '-').replace('/', '_').replace("=", "");
    }

    static String common(String base64) {
        return base64.replace('-', '+').replace('_', '/');
    }
}
