package dev.sluice.helm.values;

/** Values, or a path into them, that cannot be read. The message shows no value. */
public final class InvalidValuesException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidValuesException(String message) {
        super(message);
    }
}
