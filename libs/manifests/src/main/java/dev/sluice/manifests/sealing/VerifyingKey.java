package dev.sluice.manifests.sealing;

import dev.sluice.events.DeliveryRevealed;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** The public half of the decryptor's key, which the applier pins. */
public final class VerifyingKey {

    private final Ed25519PublicKeyParameters key;

    VerifyingKey(Ed25519PublicKeyParameters key) {
        this.key = key;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException where the text is no such key
     */
    public static VerifyingKey parse(String text) {
        try {
            byte[] encoded = Base64.getDecoder().decode(text.strip());
            if (PublicKeyFactory.createKey(encoded) instanceof Ed25519PublicKeyParameters key) {
                return new VerifyingKey(key);
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a verifying key: '" + text + "'", e);
        }
        throw new IllegalArgumentException("not an Ed25519 key: '" + text + "'");
    }

    /** Reads several, one a line; empty lines count for nothing. */
    public static List<VerifyingKey> parseAll(String text) {
        return text.lines().filter(line -> !line.isBlank()).map(VerifyingKey::parse).toList();
    }

    /** The key as it is published: base64 of its X.509 form. */
    public String text() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key)
                                    .getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a key in memory can be encoded", e);
        }
    }

    /**
     * Whether the event was signed with the other half of this key, and nothing in it was changed
     * since: delivery, position, source, spec, request, bundle, digests.
     */
    public boolean verifies(DeliveryRevealed event) {
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(event.signature());
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] text = SignedText.of(event);
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key);
        verifier.update(text, 0, text.length);
        return verifier.verifySignature(signature);
    }

    @Override
    public String toString() {
        return text();
    }
}
