package dev.sluice.sops;

import dev.sluice.sops.kms.WrappedKey;

/**
 * The data key, or a share of it, wrapped for one recipient: an entry of one of the metadata's
 * lists.
 */
sealed interface KeyEntry {

    /** The public name for messages. */
    String shown();

    /**
     * For an age recipient.
     *
     * @param recipient a label: what opens the file is decided by what the file holds
     * @param file an armored age file
     */
    record Age(String recipient, String file) implements KeyEntry {
        @Override
        public String shown() {
            return recipient;
        }
    }

    /**
     * For a PGP key.
     *
     * @param fingerprint a label, as {@link Age#recipient}
     * @param message an armored OpenPGP message
     */
    record Pgp(String fingerprint, String message, String createdAt) implements KeyEntry {
        @Override
        public String shown() {
            return "PGP " + fingerprint;
        }
    }

    /** In a key service. */
    record Service(WrappedKey key, String createdAt) implements KeyEntry {
        @Override
        public String shown() {
            return key.name();
        }
    }
}
