package dev.sluice.sops.kms;

/** A key service that refused or did not answer. The message holds no credential and no key. */
public final class KeyServiceException extends Exception {
    private final boolean passing;

    /**
     * @param passing whether the same request may succeed later: no answer, overload, a server
     *     error
     */
    public KeyServiceException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    public boolean passing() {
        return passing;
    }
}
