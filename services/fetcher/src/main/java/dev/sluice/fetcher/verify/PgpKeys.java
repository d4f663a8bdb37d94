package dev.sluice.fetcher.verify;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** One PGP key ring, armoured or not. */
final class PgpKeys {

    private static final int MAX_RINGS_BYTES = 4 << 20;

    private final PGPPublicKeyRingCollection rings;
    private final Clock clock;

    private PgpKeys(PGPPublicKeyRingCollection rings, Clock clock) {
        this.rings = rings;
        this.clock = clock;
    }

    static Optional<PgpKeys> read(byte[] content, Clock clock) {
        if (content.length > MAX_RINGS_BYTES) {
            return Optional.empty();
        }
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(content))) {
            return Optional.of(
                    new PgpKeys(
                            new PGPPublicKeyRingCollection(in, new BcKeyFingerprintCalculator()),
                            clock));
        } catch (IOException | PGPException | RuntimeException e) {
            // Whatever the bytes are, they are no key ring.
            return Optional.empty();
        }
    }

    /** The id of the primary key whose ring made the signature: 16 hex digits. */
    Optional<String> signerOf(SignedObject object) {
        try {
            for (PGPSignature signature : signatures(object.signature())) {
                PGPPublicKeyRing ring = rings.getPublicKeyRing(signature.getKeyID());
                if (ring != null && isGood(signature, ring, object.payload())) {
                    return Optional.of(
                            String.format(Locale.ROOT, "%016X", ring.getPublicKey().getKeyID()));
                }
            }
        } catch (IOException | PGPException | RuntimeException e) {
            // A signature that can't be read is none.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private boolean isGood(PGPSignature signature, PGPPublicKeyRing ring, byte[] payload)
            throws PGPException {
        PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
        boolean document =
                signature.getSignatureType() == PGPSignature.BINARY_DOCUMENT
                        || signature.getSignatureType() == PGPSignature.CANONICAL_TEXT_DOCUMENT;
        if (key == null
                || !document
                || !isUsable(ring.getPublicKey())
                || !isUsable(key)
                || !belongs(key, ring)) {
            return false;
        }
        signature.init(new BcPGPContentVerifierBuilderProvider(), key);
        signature.update(payload);
        return signature.verify();
    }

    /** Neither revoked nor expired. */
    private boolean isUsable(PGPPublicKey key) {
        Instant end = key.getCreationTime().toInstant().plusSeconds(key.getValidSeconds());
        return !key.hasRevocation()
                && (key.getValidSeconds() == 0 || clock.instant().isBefore(end));
    }

    /** A key beside the primary one counts only with the primary one's signature. */
    private static boolean belongs(PGPPublicKey key, PGPPublicKeyRing ring) throws PGPException {
        if (key.isMasterKey()) {
            return true;
        }
        PGPPublicKey primary = ring.getPublicKey();
        Iterator<PGPSignature> bindings = key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING);
        while (bindings.hasNext()) {
            PGPSignature binding = bindings.next();
            if (binding.getKeyID() == primary.getKeyID()) {
                binding.init(new BcPGPContentVerifierBuilderProvider(), primary);
                if (binding.verifyCertification(primary, key)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static PGPSignatureList signatures(String armoured) throws IOException {
        byte[] bytes = armoured.getBytes(StandardCharsets.ISO_8859_1);
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(bytes))) {
            Object first = new PGPObjectFactory(in, new BcKeyFingerprintCalculator()).nextObject();
            if (first instanceof PGPSignatureList list) {
                return list;
            }
            throw new IOException("no PGP signature");
        }
    }
}
