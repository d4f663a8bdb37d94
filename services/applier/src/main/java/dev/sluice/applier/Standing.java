package dev.sluice.applier;

import dev.sluice.events.Position;
import java.time.Instant;

/**
 * How far this process has brought a delivery. It is not kept: after a restart what the topics and
 * the object's status say must do, at the price of one more look.
 */
sealed interface Standing {

    Position position();

    /** The cluster is as wanted and the status says so. */
    record Settled(Position position) implements Standing {}

    /**
     * Tried and failed here; the same is tried again then.
     *
     * @param failures how often in a row
     */
    record Retrying(Position position, Instant at, int failures) implements Standing {}

    /** A failure of an earlier stage, or one that only another spec mends, is in the status. */
    record Reported(Position position, String eventId) implements Standing {}

    /**
     * A dependency is not ready.
     *
     * @param since when that was first seen: what passes within a moment is not worth a status
     */
    record Blocked(Position position, Instant since) implements Standing {}

    /**
     * Told that it awaits a maintenance window.
     *
     * @param opens when that is, as it was told
     */
    record Awaiting(Position position, String opens) implements Standing {}

    /** All is applied, health checks go on. */
    record Checking(Position position, HealthWait check) implements Standing {}
}
