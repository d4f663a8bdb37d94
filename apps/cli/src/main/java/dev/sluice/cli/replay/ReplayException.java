package dev.sluice.cli.replay;

/** A replay cannot go where it was told to; the message says why and what to do. */
public final class ReplayException extends Exception {

    public ReplayException(String message) {
        super(message);
    }
}
