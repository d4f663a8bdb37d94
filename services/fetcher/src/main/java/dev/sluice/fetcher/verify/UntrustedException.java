package dev.sluice.fetcher.verify;

/** Something is not signed, or not by a trusted key. The message says which. */
public final class UntrustedException extends Exception {

    UntrustedException(String message) {
        super(message);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
