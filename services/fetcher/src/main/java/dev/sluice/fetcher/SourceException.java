package dev.sluice.fetcher;

/** A source can't be brought to its artifact for a reason of its own, told by a condition. */
final class SourceException extends Exception {

    private final String condition;
    private final String reason;
    private final boolean isFinal;

    SourceException(String condition, String reason, String message) {
        this(condition, reason, message, false);
    }

    private SourceException(String condition, String reason, String message, boolean isFinal) {
        super(message);
        this.condition = condition;
        this.reason = reason;
        this.isFinal = isFinal;
    }

    /** Trying again is in vain until the object changes. */
    static SourceException stalled(String condition, String reason, String message) {
        return new SourceException(condition, reason, message, true);
    }

    boolean isFinal() {
        return isFinal;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    String condition() {
        return condition;
    }

    String reason() {
        return reason;
    }
}
