package dev.sluice.kubernetes.cel;

/** A text is no expression, or one that cannot say yes or no; the message tells where and why. */
public final class InvalidExpressionException extends Exception {

    public InvalidExpressionException(String message) {
        super(message);
    }
}
