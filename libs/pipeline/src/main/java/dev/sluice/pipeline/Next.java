package dev.sluice.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a handler wants after a run for its key.
 *
 * @param after when to run again by itself; null: only when woken
 */
public record Next(@Nullable Duration after) {

    private static final Next DONE = new Next(null);

    /** Runs again only when woken. */
    public static Next done() {
        return DONE;
    }

    /** Runs again after that time, or sooner when woken. */
    public static Next after(Duration delay) {
        return new Next(delay.isNegative() ? Duration.ZERO : delay);
    }
}
