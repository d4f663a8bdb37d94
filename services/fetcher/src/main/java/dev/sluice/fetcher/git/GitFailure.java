package dev.sluice.fetcher.git;

/**
 * A Git operation failed for a reason that belongs into the status of the source.
 *
 * <p>The message names the remote and what to do, and holds no secret.
 */
public final class GitFailure extends Exception {

    /** The reasons, by the words that Flux uses for them. */
    public enum Reason {
        GIT_OPERATION_FAILED("GitOperationFailed"),
        AUTHENTICATION_FAILED("AuthenticationFailed"),
        URL_INVALID("URLInvalid"),
        INVALID_PROVIDER("InvalidProviderConfiguration");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** As conditions have it. */
        public String word() {
            return word;
        }
    }

    private final Reason reason;

    public GitFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    GitFailure(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    static GitFailure operation(String message) {
        return new GitFailure(Reason.GIT_OPERATION_FAILED, message);
    }

    /** What Flux can do and this can't; only another spec helps. */
    public static GitFailure unsupported(String message) {
        return new GitFailure(Reason.INVALID_PROVIDER, message);
    }

    public Reason reason() {
        return reason;
    }

    /** Whether trying again is in vain until someone changes the object. */
    public boolean isFinal() {
        return reason == Reason.URL_INVALID || reason == Reason.INVALID_PROVIDER;
    }
}
