package dev.sluice.applier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import dev.sluice.kubernetes.health.Health;
import dev.sluice.kubernetes.health.HealthReport;
import dev.sluice.kubernetes.health.HealthRules;
import dev.sluice.kubernetes.health.HealthTarget;
import dev.sluice.kubernetes.health.HealthWatch;
import dev.sluice.manifests.ObjectId;
import dev.sluice.pipeline.Next;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Looks after the health of what was applied, until it is good, or bad, or the time is up. Nobody
 * waits: the lane is left, and woken by what the watches see and by the deadline.
 */
final class HealthWork {

    /** What passes sooner than this is not worth a status of its own. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What a look came to. */
    record Result(Standing standing, Next next) {}

    private final Reports reports;
    private final Consumer<DeliveryId> wake;
    private final Clock clock;

    /**
     * @param wake told of each delivery whose objects changed their health
     */
    HealthWork(Reports reports, Consumer<DeliveryId> wake, Clock clock) {
        this.reports = reports;
        this.wake = wake;
        this.clock = clock;
    }

    /** Begins the checks that the Kustomization asks for; without any it is ready. */
    Result begin(
            Delivery delivery,
            Envelope<DeliveryRevealed> record,
            ApplyResult.Done done,
            Instant started)
            throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        List<HealthTarget> targets = HealthTargets.of(delivery.id(), object, done.objects());
        Instant now = clock.instant();
        HealthWatch watch =
                HealthWatch.start(
                        done.cluster(),
                        targets,
                        assessor(object),
                        () -> wake.accept(delivery.id()));
        Instant deadline = now.plus(Budget.of(object.spec()).timeout().toDuration());
        HealthWait check = new HealthWait(started, now, deadline, done, watch);
        return targets.isEmpty()
                ? ready(delivery, record, check, false)
                : look(delivery, record, check);
    }

    /** Looks again. */
    Result look(Delivery delivery, Envelope<DeliveryRevealed> record, HealthWait check)
            throws KubernetesException {
        HealthReport report = check.watch().report();
        Instant now = clock.instant();
        if (report.healthy()) {
            return ready(delivery, record, check, true);
        }
        if (report.failed()) {
            return failed(delivery, record, check, report.failedMessage());
        }
        if (!now.isBefore(check.deadline())) {
            return failed(delivery, record, check, report.timeoutMessage());
        }
        Standing standing = new Standing.Checking(record.event().position(), check);
        Instant tellAt = check.since().plus(PATIENCE);
        if (now.isBefore(tellAt)) {
            return new Result(standing, Next.after(Duration.between(now, tellAt)));
        }
        reports.waiting(
                delivery.id(),
                DeliveryLane.attempt(delivery, record),
                new Outcome.AwaitingHealth(AppliedState.entries(check.done().objects())),
                waitingFor(report),
                record);
        return new Result(standing, Next.after(Duration.between(now, check.deadline())));
    }

    private Result ready(
            Delivery delivery, Envelope<DeliveryRevealed> record, HealthWait check, boolean checked)
            throws KubernetesException {
        check.watch().close();
        Instant now = clock.instant();
        Outcome.Succeeded outcome =
                new Outcome.Succeeded(
                        AppliedState.entries(check.done().objects()),
                        record.event().buildDigest(),
                        Duration.between(check.started(), now),
                        checked ? Duration.between(check.since(), now) : null);
        reports.succeeded(
                Objects.requireNonNull(delivery.object()),
                DeliveryLane.attempt(delivery, record),
                outcome,
                check.done().record());
        return new Result(new Standing.Settled(record.event().position()), Next.done());
    }

    private Result failed(
            Delivery delivery, Envelope<DeliveryRevealed> record, HealthWait check, String message)
            throws KubernetesException {
        check.watch().close();
        Attempt attempt = DeliveryLane.attempt(delivery, record);
        Instant now = clock.instant();
        Outcome.Failed outcome =
                new Outcome.Failed(
                        Setback.HEALTH,
                        Reason.HEALTH_CHECK_FAILED,
                        message,
                        record.event().buildDigest(),
                        AppliedState.entries(check.done().objects()),
                        Duration.between(check.since(), now));
        Duration pause = attempt.budget().retryAfter();
        Instant again = now.plus(pause);
        reports.failed(
                Objects.requireNonNull(delivery.object()),
                delivery.id(),
                attempt,
                outcome,
                again,
                record);
        return new Result(new Standing.Retrying(attempt.position(), again, 1), Next.after(pause));
    }

    /** The object's own expressions first, then the rules of its kind. */
    private Function<ObjectNode, Health> assessor(Kustomization object) {
        HealthRules rules = new HealthRules(clock);
        HealthExpressions expressions;
        try {
            expressions = HealthExpressions.compile(object.spec().healthCheckExprs());
        } catch (InvalidExpressionException e) {
            throw new IllegalStateException("the expressions were compiled before", e);
        }
        return seen -> expressions.health(seen).orElseGet(() -> rules.assess(seen));
    }

    private static List<String> waitingFor(HealthReport report) {
        return report.objects().entrySet().stream()
                .filter(e -> e.getValue().state() != Health.State.CURRENT)
                .map(Map.Entry::getKey)
                .map(ObjectId::display)
                .toList();
    }
}
