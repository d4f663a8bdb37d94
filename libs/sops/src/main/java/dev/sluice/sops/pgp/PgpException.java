package dev.sluice.sops.pgp;

/**
 * A PGP key or message that cannot be used. The message holds neither plaintext nor key material.
 */
public final class PgpException extends Exception {
    private final boolean noKey;

    PgpException(String message, boolean noKey) {
        super(message);
        this.noKey = noKey;
    }

    /** Whether the message is sound and only meant for someone else. */
    public boolean noKey() {
        return noKey;
    }
}
