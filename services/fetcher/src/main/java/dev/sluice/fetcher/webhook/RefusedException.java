package dev.sluice.fetcher.webhook;

/** A call is answered with an error. The message is for the log, not for the caller. */
final class RefusedException extends Exception {

    /** What the caller did, or we couldn't. */
    enum Why {
        /** It could not be verified, or is of no use here: 400. */
        NOT_ACCEPTED(400),
        /** It was verified, and not all that it asks for could be done: 500. */
        NOT_DONE(500);

        private final int status;

        Why(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private final Why why;

    RefusedException(String message) {
        this(Why.NOT_ACCEPTED, message);
    }

    RefusedException(Why why, String message) {
        super(message);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
