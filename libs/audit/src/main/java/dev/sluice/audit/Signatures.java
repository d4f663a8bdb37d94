package dev.sluice.audit;

import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Verifies what {@link ServiceKey} signs. Safe for use by many threads. */
final class Signatures {

    /** A log has some services and some keys of each; strangers may make up any number. */
    private static final int REMEMBERED = 1000;

    private final Map<String, Ed25519PublicKeyParameters> keys = new ConcurrentHashMap<>();

    /** Whether the holder of the key that it names made the signature for this digest. */
    boolean verifies(String signature, byte[] digest) {
        try {
            Ed25519Signer verifier = new Ed25519Signer();
            verifier.init(false, key(ServiceKey.keyOf(signature)));
            verifier.update(digest, 0, digest.length);
            return verifier.verifySignature(
                    Base64.getDecoder().decode(signature.substring(signature.indexOf('.') + 1)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Ed25519PublicKeyParameters key(String text) {
        Ed25519PublicKeyParameters known = keys.get(text);
        if (known != null) {
            return known;
        }
        Ed25519PublicKeyParameters read =
                new Ed25519PublicKeyParameters(Base64.getDecoder().decode(text));
        if (keys.size() < REMEMBERED) {
            keys.put(text, read);
        }
        return read;
    }
}
