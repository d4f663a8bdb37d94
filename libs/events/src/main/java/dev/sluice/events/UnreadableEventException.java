package dev.sluice.events;

import org.jspecify.annotations.Nullable;

/** A record that is no event, or a broken one. It goes to the dead letters with this message. */
public final class UnreadableEventException extends Exception {

    public UnreadableEventException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
