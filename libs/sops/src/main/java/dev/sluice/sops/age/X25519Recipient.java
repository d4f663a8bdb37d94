package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** A native age recipient: {@code age1...}. */
public final class X25519Recipient implements AgeRecipient {
    static final String PREFIX = "age";
    static final String STANZA = "X25519";
    static final String LABEL = "age-encryption.org/v1/X25519";

    private final byte[] point;

    private X25519Recipient(byte[] point) {
        this.point = point;
    }

    static X25519Recipient of(byte[] point) throws AgeException {
        if (point.length != Primitives.KEY_LENGTH) {
            throw new AgeException(
                    AgeException.Kind.KEY,
                    "an X25519 recipient must hold " + Primitives.KEY_LENGTH + " bytes");
        }
        return new X25519Recipient(point.clone());
    }

    byte[] point() {
        return point.clone();
    }

    @Override
    public Stanza wrap(byte[] fileKey, SecureRandom random) throws GeneralSecurityException {
        byte[] ephemeral = new byte[Primitives.KEY_LENGTH];
        random.nextBytes(ephemeral);
        byte[] share = Primitives.x25519Public(ephemeral);
        byte[] secret = Primitives.x25519(ephemeral, point);
        byte[] key = Primitives.hkdf(secret, Primitives.concat(share, point), LABEL);
        byte[] body = Primitives.seal(key, fileKey);
        Arrays.fill(ephemeral, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(key, (byte) 0);
        return new Stanza(STANZA, List.of(Header.base64(share)), body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof X25519Recipient recipient && Arrays.equals(point, recipient.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }

    @Override
    public String toString() {
        return Bech32.encode(PREFIX, point);
    }
}
