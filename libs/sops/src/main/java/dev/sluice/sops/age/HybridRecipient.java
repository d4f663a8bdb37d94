package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** A post-quantum age recipient: {@code age1pq1...}, some two thousand characters. */
public final class HybridRecipient implements AgeRecipient {
    static final String PREFIX = "age1pq";
    static final String STANZA = "mlkem768x25519";

    private final byte[] publicKey;

    private HybridRecipient(byte[] publicKey) {
        this.publicKey = publicKey;
    }

    static HybridRecipient of(byte[] publicKey) throws AgeException {
        if (publicKey.length != Hybrid.PUBLIC_LENGTH) {
            throw new AgeException(
                    AgeException.Kind.KEY,
                    "a post-quantum recipient must hold " + Hybrid.PUBLIC_LENGTH + " bytes");
        }
        return new HybridRecipient(publicKey.clone());
    }

    @Override
    public Stanza wrap(byte[] fileKey, SecureRandom random) throws GeneralSecurityException {
        Hybrid.Sealed sealed = Hybrid.seal(publicKey, fileKey, random);
        return new Stanza(STANZA, List.of(Header.base64(sealed.encapsulation())), sealed.text());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HybridRecipient recipient
                && Arrays.equals(publicKey, recipient.publicKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    @Override
    public String toString() {
        return Bech32.encode(PREFIX, publicKey);
    }
}
