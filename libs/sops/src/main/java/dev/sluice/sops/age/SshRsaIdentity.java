package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.jspecify.annotations.Nullable;

/** An {@code ssh-rsa} secret key as an age identity. */
public final class SshRsaIdentity implements AgeIdentity {
    private @Nullable RSAPrivateCrtKeyParameters key;
    private final SshRsaRecipient recipient;
    private final byte[] wire;

    SshRsaIdentity(RSAPrivateCrtKeyParameters key, byte[] wire) {
        this.key = key;
        this.wire = wire;
        this.recipient =
                new SshRsaRecipient(
                        new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent()),
                        wire);
    }

    @Override
    public SshRsaRecipient recipient() {
        return recipient;
    }

    /** Not to be had: the file that it came from is the way to store it. */
    @Override
    public String secretText() {
        throw new UnsupportedOperationException(
                "an SSH key is stored as the file that it came from");
    }

    /** Lets go of the key; its numbers cannot be overwritten. */
    @Override
    public void wipe() {
        key = null;
    }

    @Override
    public byte @Nullable [] unwrap(Stanza stanza) throws AgeException, GeneralSecurityException {
        RSAPrivateCrtKeyParameters secret = key;
        if (!stanza.type().equals(SshRsaRecipient.TYPE) || secret == null) {
            return null;
        }
        Age.require(stanza.arguments().size() == 1, "a malformed ssh-rsa stanza");
        if (!stanza.arguments().getFirst().equals(SshKeys.tag(wire))) {
            return null;
        }
        OAEPEncoding cipher = SshRsaRecipient.oaep();
        cipher.init(false, secret);
        try {
            return cipher.processBlock(stanza.body(), 0, stanza.body().length);
        } catch (InvalidCipherTextException | RuntimeException e) {
            // The tag is a short hint: another key may have the same.
            return null;
        }
    }

    @Override
    public String toString() {
        return "identity of " + recipient;
    }
}
