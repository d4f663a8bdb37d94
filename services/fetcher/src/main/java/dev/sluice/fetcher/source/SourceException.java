package dev.sluice.fetcher.source;

import dev.sluice.fluxapi.ConditionTypes;

/** A source can't be brought to its artifact for a reason of its own, told by a condition. */
public final class SourceException extends Exception {

    private final String condition;
    private final String reason;
    private final boolean isFinal;

    public SourceException(String condition, String reason, String message) {
        this(condition, reason, message, false);
    }

    private SourceException(String condition, String reason, String message, boolean isFinal) {
        super(message);
        this.condition = condition;
        this.reason = reason;
        this.isFinal = isFinal;
    }

    /** What was fetched could not become an artifact: too large, a full disk. */
    public static SourceException notStored(Exception problem) {
        return new SourceException(
                ConditionTypes.STORAGE_OPERATION_FAILED,
                "ArchiveOperationFailed",
                "unable to store the artifact: " + problem.getMessage());
    }

    /** Trying again is in vain until the object changes. */
    public static SourceException stalled(String condition, String reason, String message) {
        return new SourceException(condition, reason, message, true);
    }

    /**
     * As an outcome.
     *
     * @param artifactLost whether the last artifact is no longer in the store
     */
    public Outcome.Failed outcome(boolean artifactLost) {
        return new Outcome.Failed(condition, reason, getMessage(), isFinal, artifactLost);
    }

    public boolean isFinal() {
        return isFinal;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public String condition() {
        return condition;
    }

    public String reason() {
        return reason;
    }
}
