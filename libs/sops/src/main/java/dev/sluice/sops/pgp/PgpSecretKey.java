package dev.sluice.sops.pgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;

/**
 * PGP secret keys without a passphrase, as one armored block or several hold them. The text is kept
 * and read anew for each message, so that {@link #wipe} leaves nothing that lasts longer than the
 * garbage collector's next round.
 */
public final class PgpSecretKey {
    /** What armored secret keys begin with. */
    public static final String ARMOR = "-----BEGIN PGP PRIVATE KEY BLOCK-----";

    private static final long ANY_KEY = 0;
    private static final int MAX_PLAINTEXT = 4096;

    private final byte[] armored;
    private final List<String> fingerprints;

    private PgpSecretKey(byte[] armored, List<String> fingerprints) {
        this.armored = armored;
        this.fingerprints = List.copyOf(fingerprints);
    }

    /** Reads armored secret keys. */
    public static PgpSecretKey parse(String text) throws PgpException {
        byte[] armored = text.getBytes(StandardCharsets.UTF_8);
        List<String> fingerprints = new ArrayList<>();
        for (PGPSecretKeyRing ring : rings(armored)) {
            fingerprints.add(fingerprint(ring.getPublicKey().getFingerprint()));
            for (PGPSecretKey key : ring) {
                if (!key.isPrivateKeyEmpty() && key.getKeyEncryptionAlgorithm() != 0) {
                    throw new PgpException(
                            "the PGP key "
                                    + fingerprints.getLast()
                                    + " has a passphrase: export it without one",
                            false);
                }
            }
        }
        if (fingerprints.isEmpty()) {
            throw new PgpException("the text holds no PGP secret key", false);
        }
        return new PgpSecretKey(armored, fingerprints);
    }

    /** The fingerprints of the primary keys. */
    public List<String> fingerprints() {
        return fingerprints;
    }

    /** The public halves, to encrypt to. */
    public List<PgpPublicKey> publicKeys() throws PgpException {
        List<PgpPublicKey> keys = new ArrayList<>();
        for (PGPSecretKeyRing ring : rings(armored)) {
            keys.add(PgpPublicKey.of(ring.getPublicKeys()));
        }
        return keys;
    }

    public void wipe() {
        Arrays.fill(armored, (byte) 0);
    }

    /** Decrypts an armored message of at most 4 KiB. */
    public byte[] open(String message) throws PgpException {
        try (InputStream input =
                PGPUtil.getDecoderStream(
                        new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)))) {
            PGPEncryptedDataList list = encrypted(new BcPGPObjectFactory(input));
            for (PGPEncryptedData data : list) {
                if (data instanceof PGPPublicKeyEncryptedData forKey) {
                    for (PGPSecretKey key : candidates(forKey.getKeyIdentifier().getKeyId())) {
                        byte[] plaintext = open(forKey, key);
                        if (plaintext.length > 0) {
                            return plaintext;
                        }
                    }
                }
            }
            throw new PgpException("the message is encrypted to another PGP key", true);
        } catch (IOException | PGPException | RuntimeException e) {
            throw new PgpException(
                    "the PGP message is damaged or of a kind that is not understood", false);
        }
    }

    private List<PGPSecretKey> candidates(long keyId) throws PgpException {
        List<PGPSecretKey> candidates = new ArrayList<>();
        for (PGPSecretKeyRing ring : rings(armored)) {
            for (PGPSecretKey key : ring) {
                if (!key.isPrivateKeyEmpty() && (keyId == ANY_KEY || key.getKeyID() == keyId)) {
                    candidates.add(key);
                }
            }
        }
        return candidates;
    }

    /** The plaintext; empty when a message without a key id turns out to be for another key. */
    private static byte[] open(PGPPublicKeyEncryptedData data, PGPSecretKey key)
            throws PGPException, IOException, PgpException {
        if (!data.isIntegrityProtected() && !data.isAEAD()) {
            throw new PgpException("the PGP message is not integrity protected", false);
        }
        PGPPrivateKey secret =
                key.extractPrivateKey(
                        new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
                                .build(new char[0]));
        InputStream clear;
        try {
            clear = data.getDataStream(new BcPublicKeyDataDecryptorFactory(secret));
        } catch (PGPException e) {
            if (data.getKeyIdentifier().getKeyId() == ANY_KEY) {
                return new byte[0];
            }
            throw e;
        }
        byte[] plaintext = literal(new BcPGPObjectFactory(clear));
        clear.transferTo(OutputStream.nullOutputStream());
        if (!data.isAEAD() && !data.verify()) {
            throw new PgpException("the PGP message was changed", false);
        }
        return plaintext;
    }

    private static PGPEncryptedDataList encrypted(BcPGPObjectFactory objects)
            throws IOException, PgpException {
        for (Object object = objects.nextObject(); object != null; object = objects.nextObject()) {
            if (object instanceof PGPEncryptedDataList list) {
                return list;
            }
        }
        throw new PgpException("there is no encrypted PGP message", false);
    }

    private static byte[] literal(BcPGPObjectFactory objects)
            throws IOException, PGPException, PgpException {
        Object object = objects.nextObject();
        if (object instanceof PGPCompressedData compressed) {
            object = new BcPGPObjectFactory(compressed.getDataStream()).nextObject();
        }
        if (!(object instanceof PGPLiteralData literal)) {
            throw new PgpException("the PGP message holds no data", false);
        }
        byte[] plaintext = literal.getInputStream().readNBytes(MAX_PLAINTEXT + 1);
        if (plaintext.length > MAX_PLAINTEXT) {
            throw new PgpException("the PGP message is too long for a data key", false);
        }
        return plaintext;
    }

    private static List<PGPSecretKeyRing> rings(byte[] armored) throws PgpException {
        List<PGPSecretKeyRing> rings = new ArrayList<>();
        String text = new String(armored, StandardCharsets.UTF_8);
        for (int at = text.indexOf(ARMOR); at >= 0; at = text.indexOf(ARMOR, at + 1)) {
            try (InputStream input =
                    PGPUtil.getDecoderStream(
                            new ByteArrayInputStream(
                                    text.substring(at).getBytes(StandardCharsets.UTF_8)))) {
                Iterator<PGPSecretKeyRing> found =
                        new PGPSecretKeyRingCollection(input, new BcKeyFingerprintCalculator())
                                .getKeyRings();
                found.forEachRemaining(rings::add);
            } catch (IOException | PGPException | RuntimeException e) {
                throw new PgpException("the PGP secret key is damaged", false);
            }
        }
        return rings;
    }

    static String fingerprint(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "PGP secret keys " + fingerprints;
    }
}
