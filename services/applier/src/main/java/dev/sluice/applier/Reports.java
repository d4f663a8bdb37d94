package dev.sluice.applier;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryPruned;
import dev.sluice.events.DeliveryWaiting;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.Envelope;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.Reason;
import dev.sluice.events.Stage;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.StageTimer;
import dev.sluice.windows.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a run came to: in the object's status, in Kubernetes Events, in the history topic, in
 * one line of the log. What is told already is not told again.
 */
final class Reports {

    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

    private final Statuses statuses;
    private final Announcer announcer;
    private final Outlets outlets;
    private final StageTimer timer;
    private final Clock clock;

    Reports(
            Statuses statuses,
            Announcer announcer,
            Outlets outlets,
            StageTimer timer,
            Clock clock) {
        this.statuses = statuses;
        this.announcer = announcer;
        this.outlets = outlets;
        this.timer = timer;
        this.clock = clock;
    }

    /** The objects that an apply changed, before anything is known of their health. */
    void changed(Kustomization object, Attempt attempt, List<ObjectChange> changes) {
        if (!changes.isEmpty()) {
            announcer.info(object, attempt, Reason.PROGRESSING, EventText.changes(changes));
        }
    }

    void succeeded(
            Kustomization object,
            Attempt attempt,
            Outcome.Succeeded outcome,
            Envelope<DeliveryApplied> record)
            throws KubernetesException {
        DeliveryApplied applied = record.event();
        boolean told = statuses.tell(applied.delivery(), attempt, outcome);
        timer.record(Stage.APPLIER, "done", outcome.took());
        if (!told) {
            return;
        }
        if (!applied.changes().isEmpty()) {
            if (outcome.healthyAfter() != null) {
                announcer.info(
                        object,
                        attempt,
                        Reason.PROGRESSING,
                        EventText.healthy(outcome.healthyAfter()));
            }
            announcer.finished(
                    object,
                    attempt,
                    EventText.finished(outcome.took(), attempt.budget().interval()));
        }
        outlets.outcome(applied, record);
        DeliveryPruned pruned = ApplyWork.pruned(applied);
        if (pruned != null) {
            outlets.outcome(pruned, record);
        }
        LOG.atInfo()
                .addKeyValue("target", applied.delivery())
                .addKeyValue("revision", attempt.revision())
                .addKeyValue("changes", applied.changes().size())
                .addKeyValue("ms", outcome.took().toMillis())
                .log("applied");
    }

    /**
     * Drift that was undone. Where only someone else owns a field now, there is nothing to tell.
     */
    void corrected(
            Kustomization object,
            Attempt attempt,
            Envelope<DeliveryApplied> record,
            List<DriftedObject> drifted) {
        if (record.event().changes().isEmpty()) {
            return;
        }
        announcer.info(
                object,
                attempt,
                Reason.PROGRESSING,
                EventText.corrected(record.event().changes(), drifted));
        outlets.outcome(record.event(), record);
        LOG.atInfo()
                .addKeyValue("target", record.event().delivery())
                .addKeyValue("objects", drifted.size())
                .addKeyValue("ms", record.event().took().apply())
                .log("drift corrected");
    }

    /** Drift that stays, as the delivery's policy says. */
    void leftDrifted(Delivery delivery, List<DriftedObject> drifted) {
        Kustomization object = Objects.requireNonNull(delivery.object());
        DeliveryApplied applied = Objects.requireNonNull(delivery.applied());
        Attempt attempt =
                new Attempt(applied.position(), applied.source(), null, Budget.of(object.spec()));
        announcer.warning(object, attempt, Reason.DRIFT_DETECTED, EventText.left(drifted));
        LOG.atInfo()
                .addKeyValue("target", delivery.id())
                .addKeyValue("objects", drifted.size())
                .log("drift left as it is");
    }

    /** A failure of this stage. */
    void failed(
            Kustomization object,
            DeliveryId id,
            Attempt attempt,
            Outcome.Failed outcome,
            @Nullable Instant retryAt,
            @Nullable Envelope<?> cause)
            throws KubernetesException {
        boolean told = statuses.tell(id, attempt, outcome);
        timer.record(Stage.APPLIER, outcome.reason().word(), outcome.took());
        if (told) {
            announcer.warning(object, attempt, outcome.reason(), outcome.message());
            outlets.outcome(
                    new DeliveryFailed(
                            id,
                            attempt.position(),
                            attempt.source(),
                            null,
                            attempt.requestedAt(),
                            Stage.APPLIER,
                            outcome.reason(),
                            outcome.message(),
                            retryAt),
                    cause);
            log(id, attempt, outcome);
        }
    }

    /** A failure that an earlier stage has told. */
    void passedOn(
            Kustomization object,
            Attempt attempt,
            Outcome.Failed outcome,
            Envelope<DeliveryFailed> failure)
            throws KubernetesException {
        DeliveryId id = failure.event().delivery();
        if (statuses.tell(id, attempt, outcome)) {
            if (outcome.at() != Setback.SOURCE) {
                announcer.warning(object, attempt, outcome.reason(), outcome.message());
            }
            outlets.outcome(failure.event(), failure);
            log(id, attempt, outcome);
        }
    }

    void blocked(
            Kustomization object,
            DeliveryId id,
            Attempt attempt,
            DependencyCheck.Hold hold,
            @Nullable Envelope<?> cause)
            throws KubernetesException {
        if (statuses.tell(id, attempt, new Outcome.Blocked(hold.message()))) {
            announcer.info(object, attempt, Reason.DEPENDENCY_NOT_READY, EventText.blocked());
            outlets.outcome(
                    new DeliveryWaiting(
                            id,
                            attempt.position(),
                            Reason.DEPENDENCY_NOT_READY,
                            hold.message(),
                            List.of(hold.waitingFor())),
                    cause);
        }
    }

    /** A change waits for a maintenance window. */
    void awaitsWindow(
            Kustomization object,
            DeliveryId id,
            Attempt attempt,
            Verdict.Closed closed,
            List<ObjectChange> changes,
            Envelope<?> cause)
            throws KubernetesException {
        String message = EventText.awaitsWindow(attempt.revision(), closed, changes);
        if (statuses.tell(id, attempt, new Outcome.AwaitingWindow(message))) {
            announcer.info(
                    object,
                    attempt,
                    Reason.AWAITING_WINDOW,
                    message + "\n\n" + EventText.changes(changes));
            outlets.outcome(
                    new DeliveryWaiting(
                            id, attempt.position(), Reason.AWAITING_WINDOW, message, List.of()),
                    cause);
        }
    }

    /** An urgent change does not wait. */
    void overridesWindow(Kustomization object, Attempt attempt, Step.Urgent step) {
        announcer.info(
                object,
                attempt,
                Reason.PROGRESSING,
                EventText.overridesWindow(attempt.revision(), step));
    }

    /** Health checks go on. */
    void waiting(
            DeliveryId id,
            Attempt attempt,
            Outcome.AwaitingHealth outcome,
            List<String> waitingFor,
            Envelope<?> cause)
            throws KubernetesException {
        if (statuses.tell(id, attempt, outcome)) {
            outlets.outcome(
                    new DeliveryWaiting(
                            id,
                            attempt.position(),
                            Reason.PROGRESSING,
                            Phase.CHECKING_HEALTH.message(attempt),
                            waitingFor),
                    cause);
        }
    }

    /** That a request was seen, and nothing else. */
    void answered(DeliveryId id, Attempt attempt) throws KubernetesException {
        statuses.tell(id, attempt, new Outcome.Answered());
    }

    Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }

    private static void log(DeliveryId id, Attempt attempt, Outcome.Failed outcome) {
        LOG.atInfo()
                .addKeyValue("target", id)
                .addKeyValue("revision", attempt.revision())
                .addKeyValue("reason", outcome.reason().word())
                .addKeyValue("message", firstLine(outcome.message()))
                .log("not applied");
    }

    private static String firstLine(String message) {
        return Objects.requireNonNull(message).lines().findFirst().orElse("");
    }
}
