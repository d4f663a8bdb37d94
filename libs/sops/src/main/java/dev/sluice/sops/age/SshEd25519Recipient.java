package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** An {@code ssh-ed25519} public key as an age recipient. */
public final class SshEd25519Recipient implements AgeRecipient {
    static final String TYPE = "ssh-ed25519";
    static final String LABEL = "age-encryption.org/v1/ssh-ed25519";

    private final byte[] wire;

    SshEd25519Recipient(byte[] wire) {
        this.wire = wire;
    }

    @Override
    public Stanza wrap(byte[] fileKey, SecureRandom random) throws GeneralSecurityException {
        byte[] ephemeral = new byte[Primitives.KEY_LENGTH];
        random.nextBytes(ephemeral);
        byte[] share = Primitives.x25519Public(ephemeral);
        byte[] point = SshKeys.montgomery(wire);
        byte[] key = wrappingKey(Primitives.x25519(ephemeral, point), wire, share, point);
        Arrays.fill(ephemeral, (byte) 0);
        return new Stanza(
                TYPE,
                List.of(SshKeys.tag(wire), Header.base64(share)),
                Primitives.seal(key, fileKey));
    }

    /** The key that wraps the file key; the shared secret is bound to the SSH key first. */
    static byte[] wrappingKey(byte[] shared, byte[] wire, byte[] share, byte[] point)
            throws GeneralSecurityException {
        byte[] tweak =
                Primitives.hkdfExpand(
                        Primitives.hmac(wire, new byte[0]),
                        SshKeys.ascii(LABEL),
                        Primitives.KEY_LENGTH);
        return Primitives.hkdf(
                Primitives.x25519(tweak, shared), Primitives.concat(share, point), LABEL);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshEd25519Recipient recipient
                && Arrays.equals(wire, recipient.wire);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(wire);
    }

    @Override
    public String toString() {
        return SshKeys.text(TYPE, wire);
    }
}
