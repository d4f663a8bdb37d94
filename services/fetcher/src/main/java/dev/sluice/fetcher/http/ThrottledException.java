package dev.sluice.fetcher.http;

import java.io.IOException;
import java.time.Duration;

/** A host asks to be left alone for a while. */
public final class ThrottledException extends IOException {

    private final Duration retryAfter;

    /**
     * @param retryAfter how long, as the host says
     */
    public ThrottledException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
