package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An {@code ssh-ed25519} secret key as an age identity. */
public final class SshEd25519Identity implements AgeIdentity {
    private final byte[] seed;
    private final byte[] wire;

    SshEd25519Identity(byte[] seed, byte[] wire) {
        this.seed = seed;
        this.wire = wire;
    }

    @Override
    public SshEd25519Recipient recipient() {
        return new SshEd25519Recipient(wire);
    }

    /** Not to be had: the file that it came from is the way to store it. */
    @Override
    public String secretText() {
        throw new UnsupportedOperationException(
                "an SSH key is stored as the file that it came from");
    }

    @Override
    public void wipe() {
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public byte @Nullable [] unwrap(Stanza stanza) throws AgeException, GeneralSecurityException {
        if (!stanza.type().equals(SshEd25519Recipient.TYPE)) {
            return null;
        }
        Age.require(
                stanza.arguments().size() == 2 && stanza.body().length == Age.WRAPPED_KEY_LENGTH,
                "a malformed ssh-ed25519 stanza");
        byte[] share = Header.unbase64(stanza.arguments().get(1));
        Age.require(share.length == Primitives.KEY_LENGTH, "a malformed ssh-ed25519 stanza");
        if (!stanza.arguments().getFirst().equals(SshKeys.tag(wire))) {
            return null;
        }
        byte[] scalar = SshKeys.scalar(seed);
        byte[] point = Primitives.x25519Public(scalar);
        byte[] key =
                SshEd25519Recipient.wrappingKey(
                        Primitives.x25519(scalar, share), wire, share, point);
        Arrays.fill(scalar, (byte) 0);
        return Primitives.open(key, stanza.body());
    }

    @Override
    public String toString() {
        return "identity of " + recipient();
    }
}
