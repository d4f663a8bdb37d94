package dev.sluice.fluxapi;

/**
 * An object is not shaped as its kind's definition says. The message names the kind and the fault.
 */
public final class MalformedObjectException extends Exception {

    public MalformedObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
