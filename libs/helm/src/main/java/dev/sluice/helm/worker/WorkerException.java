package dev.sluice.helm.worker;

/** A worker could not be had, was lost, or had to be ended; what it was doing may be half done. */
public final class WorkerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Kind {
        /** There is no worker program, or it does not start. */
        MISSING,
        /** The process ended in the middle of the action, by itself or for another's sake. */
        LOST,
        /** The action passed its limit of time or memory, so the process was ended. */
        LIMIT
    }

    private final Kind kind;

    public WorkerException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
