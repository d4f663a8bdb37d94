package dev.sluice.broker;

/** The broker does not answer, or refuses; the message says which and why. */
public final class BrokerException extends Exception {

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
