package dev.sluice.manifests;

/**
 * Variables could not be filled in. The message names the variable or the expression, never a
 * value.
 */
public final class SubstitutionException extends Exception {

    private static final long serialVersionUID = 1L;

    public SubstitutionException(String message) {
        super(message);
    }
}
