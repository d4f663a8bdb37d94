package dev.sluice.kubernetes.target;

/** A cluster that someone named cannot be worked with; the message tells why, and no secret. */
public final class TargetException extends Exception {

    private static final long serialVersionUID = 1L;

    public TargetException(String message) {
        super(message);
    }
}
