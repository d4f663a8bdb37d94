package dev.sluice.rendering;

/** An object cannot be decrypted. The message names it and holds no secret. */
public final class DecryptionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    DecryptionException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /** Whether the same may succeed later: a key service did not answer. */
    public boolean passing() {
        return passing;
    }
}
