package dev.sluice.sops;

import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.age.AgeRecipient;
import dev.sluice.sops.kms.WrappedKey;
import dev.sluice.sops.pgp.PgpException;
import dev.sluice.sops.pgp.PgpPublicKey;
import java.util.Map;

/**
 * Whom a file is encrypted to. {@code toString} is the public name, as metadata and messages have
 * it.
 */
public sealed interface Recipient {

    /** An age public key, native, post-quantum or SSH. */
    record Age(AgeRecipient key) implements Recipient {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** A PGP public key. */
    record Pgp(PgpPublicKey key) implements Recipient {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /** A key in a key service; its {@code wrapped} text is empty. */
    record Service(WrappedKey key) implements Recipient {
        @Override
        public String toString() {
            return key.name();
        }
    }

    /** For a key of AWS KMS, the key with an encryption context; the same for any other. */
    default Recipient boundTo(Map<String, String> context) {
        return this instanceof Service(WrappedKey key) && key.provider().equals("kms")
                ? new Service(WrappedKey.of(key.provider(), key.fields(), context, key.wrapped()))
                : this;
    }

    /**
     * Reads a recipient as people write them: {@code age1...}, {@code ssh-ed25519 ...}, an armored
     * PGP public key, {@code arn:aws:kms:...}, {@code projects/.../cryptoKeys/...}, {@code
     * https://NAME.vault.azure.net/keys/KEY/VERSION}, or a Vault key's {@code
     * https://HOST/v1/ENGINE/keys/KEY}.
     *
     * @throws SopsException of kind FORMAT when it is none of these
     */
    static Recipient parse(String text) throws SopsException {
        String stripped = text.strip();
        if (stripped.startsWith("age1") || stripped.startsWith("ssh-")) {
            try {
                return new Age(AgeRecipient.parse(stripped));
            } catch (AgeException e) {
                throw new SopsException(
                        SopsException.Kind.FORMAT,
                        "the recipient " + stripped + " is not valid: " + e.getMessage());
            }
        }
        if (stripped.startsWith(PgpPublicKey.ARMOR)) {
            try {
                return new Pgp(PgpPublicKey.parse(stripped));
            } catch (PgpException e) {
                throw new SopsException(
                        SopsException.Kind.FORMAT,
                        "the PGP recipient is not valid: " + e.getMessage());
            }
        }
        return ServiceNames.parse(stripped)
                .map(Service::new)
                .orElseThrow(() ->
                        new SopsException(
                                SopsException.Kind.FORMAT,
                                "the recipient "
                                        + stripped
                                        + " is of no known kind: an age public key, a PGP public key file, or the name of a key in a key service is needed"));
    }
}
