package dev.sluice.windows;

/** A schedule, a duration or a zone that cannot be read. The message says which, and what to do. */
public final class InvalidWindowException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidWindowException(String message) {
        super(message);
    }
}
