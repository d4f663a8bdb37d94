package dev.sluice.fetcher.http;

import java.io.IOException;
import java.time.Duration;

/** A host does not answer, or is left alone since it did not. */
public final class HostException extends IOException {

    private final boolean resting;

    private HostException(String message, boolean resting) {
        super(message);
        this.resting = resting;
    }

    static HostException late(String host, Duration timeout) {
        return new HostException(
                "%s: no end within %s; spec.timeout allows more".formatted(host, timeout), false);
    }

    static HostException resting(String host, String since, Duration rest) {
        return new HostException(
                "%s has not answered since %s; it is asked again in %d s"
                        .formatted(host, since, Math.max(1, rest.toSeconds())),
                true);
    }

    boolean isResting() {
        return resting;
    }
}
