package dev.sluice.applier;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What this process remembers of one delivery between runs of its lane. Only the lane touches it,
 * and a lane is one thread at a time.
 */
final class Memory {

    private @Nullable Standing standing;
    private @Nullable String request;
    private Instant requestSeen = Instant.EPOCH;
    private @Nullable Instant fightUntil;

    @Nullable Standing standing() {
        return standing;
    }

    /** Replaces the standing; a health check that it held is ended. */
    void standing(@Nullable Standing next) {
        if (standing instanceof Standing.Checking(_, HealthWait check)
                && !(next instanceof Standing.Checking(_, HealthWait same) && same.equals(check))) {
            check.watch().close();
        }
        standing = next;
    }

    /** Until when a fight that was told is taken to go on; null where nothing is known of one. */
    @Nullable Instant fightUntil() {
        return fightUntil;
    }

    void fightUntil(@Nullable Instant until) {
        fightUntil = until;
    }

    /** When this request was first seen. */
    Instant requestSeen(@Nullable String open, Instant now) {
        if (open != null && !open.equals(request)) {
            request = open;
            requestSeen = now;
        }
        return requestSeen;
    }
}
