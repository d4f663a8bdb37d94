package dev.sluice.sops.pgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.Iterator;
import java.util.Locale;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.jspecify.annotations.Nullable;

/** A PGP public key that messages are encrypted to: its newest subkey for encryption. */
public final class PgpPublicKey {
    /** What an armored public key begins with. */
    public static final String ARMOR = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

    private static final int MAX_PACKET = 1 << 14;
    private static final int LONG_ID = 16;

    private final String fingerprint;
    private final PGPPublicKey encryptionKey;

    private PgpPublicKey(String fingerprint, PGPPublicKey encryptionKey) {
        this.fingerprint = fingerprint;
        this.encryptionKey = encryptionKey;
    }

    /** Reads an armored public key; of several the first. */
    public static PgpPublicKey parse(String armored) throws PgpException {
        try (InputStream input =
                PGPUtil.getDecoderStream(
                        new ByteArrayInputStream(armored.getBytes(StandardCharsets.UTF_8)))) {
            var rings =
                    new PGPPublicKeyRingCollection(input, new BcKeyFingerprintCalculator())
                            .getKeyRings();
            if (!rings.hasNext()) {
                throw new PgpException("the text holds no PGP public key", false);
            }
            return of(rings.next().getPublicKeys());
        } catch (IOException | PGPException | RuntimeException e) {
            throw new PgpException("the PGP public key is damaged", false);
        }
    }

    static PgpPublicKey of(Iterator<PGPPublicKey> keys) throws PgpException {
        String primary = "";
        @Nullable PGPPublicKey chosen = null;
        while (keys.hasNext()) {
            PGPPublicKey key = keys.next();
            primary = key.isMasterKey() ? PgpSecretKey.fingerprint(key.getFingerprint()) : primary;
            if (encrypts(key) && (chosen == null || isNewer(key, chosen))) {
                chosen = key;
            }
        }
        if (chosen == null) {
            throw new PgpException(
                    "the PGP key "
                            + primary
                            + " has no key for encryption that is neither revoked nor meant for something else",
                    false);
        }
        return new PgpPublicKey(primary, chosen);
    }

    private static boolean isNewer(PGPPublicKey key, PGPPublicKey than) {
        return !key.getCreationTime().toInstant().isBefore(than.getCreationTime().toInstant());
    }

    private static boolean encrypts(PGPPublicKey key) {
        if (!key.isEncryptionKey() || key.hasRevocation()) {
            return false;
        }
        int flags = 0;
        Iterator<PGPSignature> signatures = key.getSignatures();
        while (signatures.hasNext()) {
            var hashed = signatures.next().getHashedSubPackets();
            flags |= hashed == null ? 0 : hashed.getKeyFlags();
        }
        return flags == 0 || (flags & (KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE)) != 0;
    }

    /** The fingerprint of the primary key, in upper-case hexadecimal digits. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Whether people may mean this key by a fingerprint, or by the last sixteen digits of one. */
    public boolean goesBy(String hex) {
        String wanted = hex.toUpperCase(Locale.ROOT);
        String own = PgpSecretKey.fingerprint(encryptionKey.getFingerprint());
        return wanted.length() >= LONG_ID && (fingerprint.endsWith(wanted) || own.endsWith(wanted));
    }

    /** An armored message that only the holder of the secret key reads. */
    public String encrypt(byte[] plaintext, SecureRandom random) throws PgpException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        var encryptor =
                new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                        .setWithIntegrityPacket(true)
                        .setSecureRandom(random);
        PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(encryptor);
        generator.addMethod(
                new BcPublicKeyKeyEncryptionMethodGenerator(encryptionKey).setSecureRandom(random));
        try (ArmoredOutputStream armor =
                        ArmoredOutputStream.builder().clearHeaders().build(message);
                OutputStream encrypted = generator.open(armor, new byte[MAX_PACKET]);
                OutputStream literal =
                        new PGPLiteralDataGenerator()
                                .open(
                                        encrypted,
                                        PGPLiteralData.BINARY,
                                        "",
                                        plaintext.length,
                                        Date.from(Instant.EPOCH))) {
            literal.write(plaintext);
        } catch (IOException | PGPException e) {
            throw new PgpException("cannot encrypt to the PGP key " + fingerprint, false);
        }
        return message.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PgpPublicKey key && fingerprint.equals(key.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return "PGP " + fingerprint;
    }
}
