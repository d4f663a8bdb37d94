package dev.sluice.notifier;

import dev.sluice.events.Envelope;
import dev.sluice.events.NotificationDue;
import java.time.Duration;
import java.time.Instant;

/**
 * A notification that is due. Its attempts are made by the lane of its Provider alone, of which one
 * run is under way at a time.
 */
final class Waiting {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(1);

    private final NotificationDue due;
    private final Envelope<?> envelope;
    private final int partition;
    private int attempts;
    private volatile Instant notBefore = Instant.MIN;

    /**
     * @param envelope of the event by which it became due
     * @param partition of the announcement
     */
    Waiting(NotificationDue due, Envelope<?> envelope, int partition) {
        this.due = due;
        this.envelope = envelope;
        this.partition = partition;
    }

    NotificationDue due() {
        return due;
    }

    Envelope<?> envelope() {
        return envelope;
    }

    int partition() {
        return partition;
    }

    int attempts() {
        return attempts;
    }

    Instant notBefore() {
        return notBefore;
    }

    void tried() {
        attempts++;
    }

    /** Puts the next attempt off; longer each time, as the service asks at the least. */
    void putOff(Instant now, Duration atLeast) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 10));
        if (pause.compareTo(LAST_PAUSE) > 0) {
            pause = LAST_PAUSE;
        }
        notBefore = now.plus(pause.compareTo(atLeast) > 0 ? pause : atLeast);
    }

    /** Lets the next attempt be made at once. */
    void putForward() {
        notBefore = Instant.MIN;
    }
}
