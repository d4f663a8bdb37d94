package dev.sluice.kubernetes.cel;

/** An expression found no answer for an object, for example since a field is not there yet. */
public final class EvaluationException extends Exception {

    public EvaluationException(String message, Throwable cause) {
        super(message, cause);
    }
}
