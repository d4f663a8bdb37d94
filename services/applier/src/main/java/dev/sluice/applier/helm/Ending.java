package dev.sluice.applier.helm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a run of a release ended, and so when the next one comes. */
public sealed interface Ending {

    /** The release is as wanted. */
    record Settled() implements Ending {}

    /** Nothing more is done until something changes. */
    record Stalled() implements Ending {}

    /**
     * Again, with growing pauses.
     *
     * @param reason of the failure
     */
    record Backoff(String reason, String message) implements Ending {}

    /** Again at once: the next step of a remediation. */
    record Again() implements Ending {}

    /** Again after that time. */
    record After(Duration pause) implements Ending {}

    /** What the object should say where it failed for good or for now; null where it did not. */
    static @Nullable String message(Ending ending) {
        return ending instanceof Backoff backoff ? backoff.message() : null;
    }
}
