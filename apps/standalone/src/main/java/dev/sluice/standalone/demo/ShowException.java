package dev.sluice.standalone.demo;

import org.jspecify.annotations.Nullable;

/** The show cannot go on; the message is for the visitor. */
public final class ShowException extends Exception {

    ShowException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
