package dev.sluice.manifests.sealing;

import dev.sluice.events.DeliveryRevealed;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;

/**
 * The decryptor's Ed25519 key. Its text form holds both halves, PKCS #8 and X.509 in base64; {@link
 * #toString} holds none.
 *
 * <p>Every delivery is signed once and verified once. Bouncy Castle does that in a tenth of the
 * time that the platform's own Ed25519 takes.
 */
public final class SigningKey {

    private static final String SEPARATOR = ".";

    private final Ed25519PrivateKeyParameters secret;
    private final Ed25519PublicKeyParameters open;

    private SigningKey(Ed25519PrivateKeyParameters secret) {
        this.secret = secret;
        this.open = secret.generatePublicKey();
    }

    public static SigningKey generate(SecureRandom random) {
        return new SigningKey(new Ed25519PrivateKeyParameters(random));
    }

    /**
     * Reads what {@link #secretText} wrote.
     *
     * @throws IllegalArgumentException where the text is no such key; the text is not told
     */
    public static SigningKey parse(String text) {
        String[] halves = text.strip().split("\\.", 2);
        try {
            if (halves.length == 2) {
                AsymmetricKeyParameter key =
                        PrivateKeyFactory.createKey(Base64.getDecoder().decode(halves[0]));
                VerifyingKey pinned = VerifyingKey.parse(halves[1]);
                if (key instanceof Ed25519PrivateKeyParameters secret) {
                    SigningKey signing = new SigningKey(secret);
                    if (signing.verifyingKey().text().equals(pinned.text())) {
                        return signing;
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            // The cause may show the text: told below without it.
        }
        throw new IllegalArgumentException("not a signing key");
    }

    /** The key as it is stored in the decryptor's own Secret, and nowhere else. */
    public String secretText() {
        try {
            byte[] encoded = PrivateKeyInfoFactory.createPrivateKeyInfo(secret).getEncoded();
            return Base64.getEncoder().encodeToString(encoded) + SEPARATOR + verifyingKey().text();
        } catch (IOException e) {
            throw new IllegalStateException("a key in memory can be encoded", e);
        }
    }

    public VerifyingKey verifyingKey() {
        return new VerifyingKey(open);
    }

    /** The event with a signature over all the rest of it. */
    public DeliveryRevealed sign(DeliveryRevealed event) {
        byte[] text = SignedText.of(event);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(text, 0, text.length);
        return SignedText.withSignature(
                event, Base64.getEncoder().encodeToString(signer.generateSignature()));
    }

    @Override
    public String toString() {
        return "SigningKey";
    }
}
