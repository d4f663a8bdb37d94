package dev.sluice.sops.age;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMExtractor;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMGenerator;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMParameters;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMPublicKeyParameters;
import org.jspecify.annotations.Nullable;

/**
 * HPKE (RFC 9180, base mode, HKDF-SHA256, ChaCha20-Poly1305) over the hybrid of ML-KEM-768 and
 * X25519 that is called X-Wing: what age's post-quantum stanzas are made of. Bouncy Castle does
 * ML-KEM and SHAKE, which the JDK has only in parts.
 */
final class Hybrid {
    static final int SEED_LENGTH = 32;
    static final int POINT_LENGTH = 32;
    static final int KEM_PUBLIC_LENGTH = 1184;
    static final int KEM_CIPHERTEXT_LENGTH = 1088;
    static final int PUBLIC_LENGTH = KEM_PUBLIC_LENGTH + POINT_LENGTH;
    static final int ENCAPSULATION_LENGTH = KEM_CIPHERTEXT_LENGTH + POINT_LENGTH;

    private static final int KEM_SEED_LENGTH = 64;
    private static final byte[] COMBINER_LABEL = ascii("\\.//^\\");
    private static final byte[] SUITE =
            ByteBuffer.allocate(10)
                    .put(ascii("HPKE"))
                    .putShort((short) 0x647a)
                    .putShort((short) 1)
                    .putShort((short) 3)
                    .array();
    private static final byte[] INFO = ascii("age-encryption.org/mlkem768x25519");
    private static final int NONCE_LENGTH = 12;

    /** The two secret keys that a seed stands for. */
    static final class SecretKeys {
        private final MLKEMPrivateKeyParameters kem;
        private final byte[] scalar;

        private SecretKeys(MLKEMPrivateKeyParameters kem, byte[] scalar) {
            this.kem = kem;
            this.scalar = scalar;
        }

        byte[] publicKey() throws GeneralSecurityException {
            return Primitives.concat(kem.getPublicKey(), Primitives.x25519Public(scalar));
        }
    }

    /** A sealed text and what the holder of the secret key needs to open it. */
    static final class Sealed {
        private final byte[] encapsulation;
        private final byte[] text;

        private Sealed(byte[] encapsulation, byte[] text) {
            this.encapsulation = encapsulation;
            this.text = text;
        }

        byte[] encapsulation() {
            return encapsulation;
        }

        byte[] text() {
            return text;
        }
    }

    private Hybrid() {}

    static SecretKeys expand(byte[] seed) {
        SHAKEDigest shake = new SHAKEDigest(256);
        shake.update(seed, 0, seed.length);
        byte[] kemSeed = new byte[KEM_SEED_LENGTH];
        byte[] scalar = new byte[POINT_LENGTH];
        shake.doOutput(kemSeed, 0, kemSeed.length);
        shake.doOutput(scalar, 0, scalar.length);
        return new SecretKeys(
                new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, kemSeed), scalar);
    }

    static Sealed seal(byte[] publicKey, byte[] plaintext, SecureRandom random)
            throws GeneralSecurityException {
        byte[] point = Arrays.copyOfRange(publicKey, KEM_PUBLIC_LENGTH, PUBLIC_LENGTH);
        var kem =
                new MLKEMPublicKeyParameters(
                        MLKEMParameters.ml_kem_768, Arrays.copyOf(publicKey, KEM_PUBLIC_LENGTH));
        var encapsulated = new MLKEMGenerator(random).generateEncapsulated(kem);
        byte[] ephemeral = new byte[POINT_LENGTH];
        random.nextBytes(ephemeral);
        byte[] share = Primitives.x25519Public(ephemeral);
        byte[] secret =
                combine(
                        encapsulated.getSecret(),
                        Primitives.x25519(ephemeral, point),
                        share,
                        point);
        Arrays.fill(ephemeral, (byte) 0);
        byte[] text = Primitives.seal(key(secret), nonce(secret), plaintext, 0, plaintext.length);
        return new Sealed(Primitives.concat(encapsulated.getEncapsulation(), share), text);
    }

    /** What was sealed, or null when it is for another key. */
    static byte @Nullable [] open(SecretKeys keys, byte[] encapsulation, byte[] sealed)
            throws GeneralSecurityException {
        byte[] share =
                Arrays.copyOfRange(encapsulation, KEM_CIPHERTEXT_LENGTH, ENCAPSULATION_LENGTH);
        byte[] kemSecret =
                new MLKEMExtractor(keys.kem)
                        .extractSecret(Arrays.copyOf(encapsulation, KEM_CIPHERTEXT_LENGTH));
        byte[] secret =
                combine(
                        kemSecret,
                        Primitives.x25519(keys.scalar, share),
                        share,
                        Primitives.x25519Public(keys.scalar));
        return Primitives.open(key(secret), nonce(secret), sealed, 0, sealed.length);
    }

    private static byte[] combine(
            byte[] kemSecret, byte[] pointSecret, byte[] share, byte[] point) {
        SHA3Digest digest = new SHA3Digest(256);
        for (byte[] part : new byte[][] {kemSecret, pointSecret, share, point, COMBINER_LABEL}) {
            digest.update(part, 0, part.length);
        }
        byte[] secret = new byte[digest.getDigestSize()];
        digest.doFinal(secret, 0);
        return secret;
    }

    private static byte[] key(byte[] sharedSecret) throws GeneralSecurityException {
        return scheduled(sharedSecret, "key", Primitives.KEY_LENGTH);
    }

    private static byte[] nonce(byte[] sharedSecret) throws GeneralSecurityException {
        return scheduled(sharedSecret, "base_nonce", NONCE_LENGTH);
    }

    /** The key schedule of RFC 9180, section 5.1, without a pre-shared key. */
    private static byte[] scheduled(byte[] sharedSecret, String label, int length)
            throws GeneralSecurityException {
        byte[] none = new byte[0];
        byte[] context =
                Primitives.concat(
                        new byte[1],
                        extract(none, "psk_id_hash", none),
                        extract(none, "info_hash", INFO));
        byte[] labeled =
                Primitives.concat(
                        new byte[] {(byte) (length >> 8), (byte) length},
                        ascii("HPKE-v1"),
                        SUITE,
                        ascii(label),
                        context);
        return Primitives.hkdfExpand(extract(sharedSecret, "secret", none), labeled, length);
    }

    private static byte[] extract(byte[] salt, String label, byte[] material)
            throws GeneralSecurityException {
        return Primitives.hkdfExtract(
                salt, Primitives.concat(ascii("HPKE-v1"), SUITE, ascii(label), material));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
