package dev.sluice.sops.age;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;

/**
 * The primitives of the age format on raw byte arrays: the JDK's, but for X25519, which Bouncy
 * Castle does several times as fast.
 */
final class Primitives {
    static final int KEY_LENGTH = 32;
    static final byte[] ZERO_NONCE = new byte[12];
    private static final byte[] BASE_POINT = basePoint();

    private Primitives() {}

    private static byte[] basePoint() {
        byte[] point = new byte[KEY_LENGTH];
        point[0] = 9;
        return point;
    }

    /** The public key of a secret scalar. */
    static byte[] x25519Public(byte[] secret) throws GeneralSecurityException {
        return x25519(secret, BASE_POINT);
    }

    /**
     * X25519.
     *
     * @throws GeneralSecurityException when the point is of small order, so that the result would
     *     be zero
     */
    static byte[] x25519(byte[] secret, byte[] point) throws GeneralSecurityException {
        byte[] shared = new byte[KEY_LENGTH];
        if (!X25519.calculateAgreement(secret, 0, point, 0, shared, 0)) {
            throw new GeneralSecurityException("a point of small order");
        }
        return shared;
    }

    /** A little-endian number without its highest bit, as X25519 reads points. */
    static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = reversed(bytes);
        reversed[0] &= 0x7f;
        return new BigInteger(1, reversed);
    }

    /** The 32 little-endian bytes of a number below 2^256. */
    static byte[] littleEndian(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] little = new byte[KEY_LENGTH];
        for (int i = 0; i < Math.min(KEY_LENGTH, big.length); i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    static byte[] hkdf(byte[] material, byte[] salt, String info) throws GeneralSecurityException {
        HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract();
        if (material.length > 0) {
            extract.addIKM(material);
        }
        if (salt.length > 0) {
            extract.addSalt(salt);
        }
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        extract.thenExpand(info.getBytes(StandardCharsets.US_ASCII), KEY_LENGTH));
    }

    static byte[] hkdfExtract(byte[] salt, byte[] material) throws GeneralSecurityException {
        HKDFParameterSpec.Builder extract = HKDFParameterSpec.ofExtract().addIKM(material);
        if (salt.length > 0) {
            extract.addSalt(salt);
        }
        return KDF.getInstance("HKDF-SHA256").deriveData(extract.extractOnly());
    }

    static byte[] hkdfExpand(byte[] key, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.expandOnly(
                                new SecretKeySpec(key, "Generic"), info, length));
    }

    static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    static byte[] seal(byte[] key, byte[] nonce, byte[] plaintext, int offset, int length)
            throws GeneralSecurityException {
        return chacha(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plaintext, offset, length);
    }

    static byte[] seal(byte[] key, byte[] plaintext) throws GeneralSecurityException {
        return seal(key, ZERO_NONCE, plaintext, 0, plaintext.length);
    }

    /** What was sealed, or null when key, nonce and ciphertext do not belong together. */
    static byte @Nullable [] open(byte[] key, byte[] nonce, byte[] sealed, int offset, int length)
            throws GeneralSecurityException {
        try {
            return chacha(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed, offset, length);
        } catch (AEADBadTagException e) {
            return null;
        }
    }

    static byte @Nullable [] open(byte[] key, byte[] sealed) throws GeneralSecurityException {
        return open(key, ZERO_NONCE, sealed, 0, sealed.length);
    }

    private static Cipher chacha(int mode, byte[] key, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
        return cipher;
    }

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
