package dev.sluice.fetcher;

/** A source can't be brought to its artifact for a reason of its own, told by a condition. */
final class SourceException extends Exception {

    private final String condition;
    private final String reason;

    SourceException(String condition, String reason, String message) {
        super(message);
        this.condition = condition;
        this.reason = reason;
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
