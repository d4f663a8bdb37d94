package dev.sluice.applier;

import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.Next;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks after the health of what was applied, until it is good, or bad, or the time is up. */
final class HealthWork {

    /** What a look came to. */
    record Result(@Nullable Standing standing, Next next) {}

    private final Reports reports;
    private final Clock clock;

    HealthWork(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    Result begin(
            Delivery delivery,
            Envelope<DeliveryRevealed> record,
            ApplyResult.Done done,
            Instant started)
            throws KubernetesException {
        Outcome.Succeeded outcome =
                new Outcome.Succeeded(
                        AppliedState.entries(done.objects()),
                        record.event().buildDigest(),
                        Duration.between(started, clock.instant()),
                        null);
        reports.succeeded(
                Objects.requireNonNull(delivery.object()),
                DeliveryLane.attempt(delivery, record),
                outcome,
                done.record());
        return new Result(new Standing.Settled(record.event().position()), Next.done());
    }

    Result look(Delivery delivery, Envelope<DeliveryRevealed> record, HealthWait check)
            throws KubernetesException {
        return new Result(delivery.standing(), Next.done());
    }
}
