package dev.sluice.decryptor;

import dev.sluice.events.Reason;

/**
 * A delivery cannot be revealed as things are. The message tells what to do and holds no secret.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final boolean passing;

    private RefusedException(Reason reason, boolean passing, String message) {
        super(message);
        this.reason = reason;
        this.passing = passing;
    }

    /** Something must change. */
    static RefusedException forGood(Reason reason, String message) {
        return new RefusedException(reason, false, message);
    }

    /** It may go better later. */
    static RefusedException forNow(Reason reason, String message) {
        return new RefusedException(reason, true, message);
    }

    Reason reason() {
        return reason;
    }

    boolean passing() {
        return passing;
    }
}
