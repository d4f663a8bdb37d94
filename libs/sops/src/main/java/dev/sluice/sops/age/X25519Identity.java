package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A native age identity: {@code AGE-SECRET-KEY-1...}. */
public final class X25519Identity implements AgeIdentity {
    static final String PREFIX = "age-secret-key-";

    private final byte[] secret;
    private final X25519Recipient recipient;

    private X25519Identity(byte[] secret, X25519Recipient recipient) {
        this.secret = secret;
        this.recipient = recipient;
    }

    static X25519Identity of(byte[] secret) {
        try {
            return new X25519Identity(secret, X25519Recipient.of(Primitives.x25519Public(secret)));
        } catch (GeneralSecurityException | AgeException e) {
            throw new IllegalStateException("every 32 bytes are an X25519 key", e);
        }
    }

    @Override
    public X25519Recipient recipient() {
        return recipient;
    }

    @Override
    public String secretText() {
        return Bech32.encode(PREFIX, secret).toUpperCase(Locale.ROOT);
    }

    @Override
    public void wipe() {
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public byte @Nullable [] unwrap(Stanza stanza) throws AgeException, GeneralSecurityException {
        if (!stanza.type().equals(X25519Recipient.STANZA)) {
            return null;
        }
        Age.require(
                stanza.arguments().size() == 1 && stanza.body().length == Age.WRAPPED_KEY_LENGTH,
                "a malformed X25519 stanza");
        byte[] share = Header.unbase64(stanza.arguments().getFirst());
        Age.require(share.length == Primitives.KEY_LENGTH, "a malformed X25519 stanza");
        byte[] shared = Primitives.x25519(secret, share);
        byte[] key =
                Primitives.hkdf(
                        shared, Primitives.concat(share, recipient.point()), X25519Recipient.LABEL);
        Arrays.fill(shared, (byte) 0);
        return Primitives.open(key, stanza.body());
    }

    @Override
    public String toString() {
        return "identity of " + recipient;
    }
}
