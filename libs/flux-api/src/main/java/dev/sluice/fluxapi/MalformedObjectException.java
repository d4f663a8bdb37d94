package dev.sluice.fluxapi;

import org.jspecify.annotations.Nullable;

/**
 * An object is not shaped as its kind's definition says. The message names the kind and the fault.
 */
public final class MalformedObjectException extends Exception {

    public MalformedObjectException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
