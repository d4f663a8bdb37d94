package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;

/** A public key that age files are encrypted to. {@code toString} is its text form. */
public sealed interface AgeRecipient
        permits X25519Recipient, HybridRecipient, SshEd25519Recipient, SshRsaRecipient {

    /**
     * Reads {@code age1...}, {@code age1pq1...}, {@code ssh-ed25519 ...} or {@code ssh-rsa ...}.
     */
    static AgeRecipient parse(String text) throws AgeException {
        String stripped = text.strip();
        if (stripped.startsWith("ssh-")) {
            return SshKeys.recipient(stripped);
        }
        if (!stripped.toLowerCase(Locale.ROOT).startsWith("age1")) {
            throw new AgeException(
                    AgeException.Kind.KEY, "not an age recipient: it does not begin with age1");
        }
        Bech32.Decoded decoded = Bech32.decode(stripped);
        return switch (decoded.prefix()) {
            case X25519Recipient.PREFIX -> X25519Recipient.of(decoded.data());
            case HybridRecipient.PREFIX -> HybridRecipient.of(decoded.data());
            default ->
                    throw new AgeException(
                            AgeException.Kind.KEY,
                            "an age recipient of the unknown type "
                                    + decoded.prefix()
                                    + " (plugins are not supported)");
        };
    }

    /**
     * Whether a quantum computer could not open what is sealed to it; age does not mix the two
     * kinds in one file.
     */
    default boolean postQuantum() {
        return this instanceof HybridRecipient;
    }

    /** Wraps a file key. */
    Stanza wrap(byte[] fileKey, SecureRandom random) throws GeneralSecurityException;
}
