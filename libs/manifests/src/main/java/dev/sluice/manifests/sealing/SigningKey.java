package dev.sluice.manifests.sealing;

import dev.sluice.events.DeliveryRevealed;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The decryptor's Ed25519 key. Its text form holds both halves; {@link #toString} none. */
public final class SigningKey {

    static final String ALGORITHM = "Ed25519";

    private static final String SEPARATOR = ".";

    private final PrivateKey secret;
    private final PublicKey open;

    private SigningKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
    }

    public static SigningKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
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
                KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
                Base64.Decoder base64 = Base64.getDecoder();
                return new SigningKey(
                        factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(halves[0]))),
                        factory.generatePublic(new X509EncodedKeySpec(base64.decode(halves[1]))));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may show the text: told below without it.
        }
        throw new IllegalArgumentException("not a signing key");
    }

    /** The key as it is stored in the decryptor's own Secret, and nowhere else. */
    public String secretText() {
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(secret.getEncoded())
                + SEPARATOR
                + base64.encodeToString(open.getEncoded());
    }

    public VerifyingKey verifyingKey() {
        return new VerifyingKey(open);
    }

    /** The event with a signature over all the rest of it. */
    public DeliveryRevealed sign(DeliveryRevealed event) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(SignedText.of(event));
            return SignedText.withSignature(
                    event, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey";
    }
}
