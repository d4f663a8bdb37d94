package dev.sluice.manifests.sealing;

import dev.sluice.events.DeliveryRevealed;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The public half of the decryptor's key, which the applier pins. */
public final class VerifyingKey {

    private final PublicKey key;

    VerifyingKey(PublicKey key) {
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
            return new VerifyingKey(
                    KeyFactory.getInstance(SigningKey.ALGORITHM)
                            .generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a verifying key: '" + text + "'", e);
        }
    }

    /** The key as it is published: base64 of its X.509 form. */
    public String text() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /**
     * Whether the event was signed with the other half of this key, and nothing in it was changed
     * since: delivery, position, source, spec, request, bundle, digests.
     */
    public boolean verifies(DeliveryRevealed event) {
        try {
            byte[] bytes = Base64.getDecoder().decode(event.signature());
            Signature signature = Signature.getInstance(SigningKey.ALGORITHM);
            signature.initVerify(key);
            signature.update(SignedText.of(event));
            return signature.verify(bytes);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
