package dev.sluice.manifests;

/** A tree is not a Kubernetes object; the message tells which object and what it lacks. */
public final class InvalidObjectException extends Exception {

    private static final long serialVersionUID = 1L;

    public InvalidObjectException(String message) {
        super(message);
    }
}
