package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A post-quantum age identity: {@code AGE-SECRET-KEY-PQ-1...}. */
public final class HybridIdentity implements AgeIdentity {
    static final String PREFIX = "age-secret-key-pq-";

    private final byte[] seed;
    private final HybridRecipient recipient;

    private HybridIdentity(byte[] seed, HybridRecipient recipient) {
        this.seed = seed;
        this.recipient = recipient;
    }

    static HybridIdentity of(byte[] seed) {
        try {
            return new HybridIdentity(seed, HybridRecipient.of(Hybrid.expand(seed).publicKey()));
        } catch (GeneralSecurityException | AgeException e) {
            throw new IllegalStateException("every seed gives a key", e);
        }
    }

    @Override
    public HybridRecipient recipient() {
        return recipient;
    }

    @Override
    public String secretText() {
        return Bech32.encode(PREFIX, seed).toUpperCase(Locale.ROOT);
    }

    @Override
    public void wipe() {
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public byte @Nullable [] unwrap(Stanza stanza) throws AgeException, GeneralSecurityException {
        if (!stanza.type().equals(HybridRecipient.STANZA)) {
            return null;
        }
        Age.require(
                stanza.arguments().size() == 1 && stanza.body().length == Age.WRAPPED_KEY_LENGTH,
                "a malformed post-quantum stanza");
        byte[] encapsulation = Header.unbase64(stanza.arguments().getFirst());
        Age.require(
                encapsulation.length == Hybrid.ENCAPSULATION_LENGTH,
                "a malformed post-quantum stanza");
        return Hybrid.open(Hybrid.expand(seed), encapsulation, stanza.body());
    }

    @Override
    public String toString() {
        return "identity of " + recipient;
    }
}
