package dev.sluice.testkit.cluster;

/**
 * There is no control plane; the message is one line that says what to install or where its log is.
 */
public final class ControlPlaneException extends Exception {

    public ControlPlaneException(String message) {
        super(message);
    }
}
