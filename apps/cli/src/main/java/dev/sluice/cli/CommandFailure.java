package dev.sluice.cli;

/** A command cannot do what it was asked to; the message is for its user. */
final class CommandFailure extends Exception {

    private final int exitCode;

    /** A failure with exit code 1. */
    CommandFailure(String message) {
        this(message, 1);
    }

    CommandFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
