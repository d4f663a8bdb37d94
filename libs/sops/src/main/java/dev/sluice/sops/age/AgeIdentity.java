package dev.sluice.sops.age;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A secret key that opens age files. {@code toString} shows the public half only; {@link
 * #secretText} is the way to store one.
 *
 * <p>{@link #wipe} overwrites the key bytes; afterwards the identity opens nothing.
 */
public sealed interface AgeIdentity
        permits X25519Identity, HybridIdentity, SshEd25519Identity, SshRsaIdentity {

    /** A new X25519 identity ({@code AGE-SECRET-KEY-1...}). */
    static X25519Identity generate(SecureRandom random) {
        byte[] secret = new byte[Primitives.KEY_LENGTH];
        random.nextBytes(secret);
        return X25519Identity.of(secret);
    }

    /**
     * Reads one identity as it stands in an identity file: {@code AGE-SECRET-KEY-1...} or {@code
     * AGE-SECRET-KEY-PQ-1...}.
     */
    static AgeIdentity parse(String line) throws AgeException {
        String text = line.strip();
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.startsWith("AGE-PLUGIN-")) {
            throw new AgeException(
                    AgeException.Kind.KEY,
                    "age plugins need a program outside and are not supported: use an AGE-SECRET-KEY-1 or AGE-SECRET-KEY-PQ-1 identity");
        }
        if (!upper.startsWith("AGE-SECRET-KEY-")) {
            throw new AgeException(
                    AgeException.Kind.KEY,
                    "not an age identity: it does not begin with AGE-SECRET-KEY-");
        }
        Bech32.Decoded decoded = Bech32.decode(text);
        if (decoded.data().length != Primitives.KEY_LENGTH) {
            throw new AgeException(
                    AgeException.Kind.KEY,
                    "an age identity must hold " + Primitives.KEY_LENGTH + " bytes");
        }
        return switch (decoded.prefix()) {
            case X25519Identity.PREFIX -> X25519Identity.of(decoded.data());
            case HybridIdentity.PREFIX -> HybridIdentity.of(decoded.data());
            default ->
                    throw new AgeException(
                            AgeException.Kind.KEY, "an age identity of an unknown type");
        };
    }

    /**
     * Reads an identity file: one identity a line, empty lines and lines with {@code #} are
     * skipped. Errors name the line.
     */
    static List<AgeIdentity> parseFile(String text) throws AgeException {
        List<AgeIdentity> identities = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                identities.add(parse(line));
            } catch (AgeException e) {
                throw new AgeException(
                        AgeException.Kind.KEY, "line " + (i + 1) + ": " + e.getMessage());
            }
        }
        if (identities.isEmpty()) {
            throw new AgeException(AgeException.Kind.KEY, "the file holds no age identity");
        }
        return List.copyOf(identities);
    }

    /** The public half. */
    AgeRecipient recipient();

    /** The key as an identity file holds it. A secret: for storing it and nothing else. */
    String secretText();

    /** Overwrites the secret. */
    void wipe();

    /**
     * The file key when the stanza is for this identity, else null.
     *
     * @throws AgeException when the stanza is of this identity's kind but malformed
     */
    byte @Nullable [] unwrap(Stanza stanza) throws AgeException, GeneralSecurityException;
}
