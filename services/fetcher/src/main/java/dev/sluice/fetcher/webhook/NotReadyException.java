package dev.sluice.fetcher.webhook;

/** A Receiver can't be called yet, for a reason that its status says. */
final class NotReadyException extends Exception {

    private final String reason;
    private final boolean isFinal;

    NotReadyException(String reason, String message, boolean isFinal) {
        super(message);
        this.reason = reason;
        this.isFinal = isFinal;
    }

    String reason() {
        return reason;
    }

    /** Whether only another spec helps. */
    boolean isFinal() {
        return isFinal;
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
