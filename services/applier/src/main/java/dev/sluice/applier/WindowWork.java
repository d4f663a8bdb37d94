package dev.sluice.applier;

import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.Position;
import dev.sluice.events.WindowOverridden;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.EventSender;
import dev.sluice.pipeline.Next;
import dev.sluice.windows.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What is done in place of an apply while maintenance windows are closed, and around them. */
final class WindowWork {

    /** Clocks are set and machines sleep: a long wait is looked at now and then. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private final ApplyWork apply;
    private final Statuses statuses;
    private final Reports reports;
    private final EventSender audit;
    private final Clock clock;

    WindowWork(
            ApplyWork apply, Statuses statuses, Reports reports, EventSender audit, Clock clock) {
        this.apply = apply;
        this.statuses = statuses;
        this.reports = reports;
        this.audit = audit;
        this.clock = clock;
    }

    /** What the change would do; nothing where it only moves to another revision. */
    List<ObjectChange> preview(Delivery delivery, DeliveryRevealed event)
            throws RefusedBundleException, KubernetesException {
        return apply.preview(delivery, event);
    }

    /** Whether this very wait has been told by this process. */
    static boolean told(Memory memory, Step.AwaitWindow step) {
        return memory.standing() instanceof Standing.Awaiting(Position at, String opens)
                && at.equals(step.revealed().event().position())
                && opens.equals(step.closed().opensAt());
    }

    /** Tells that the change waits, and what it would do. */
    void tell(Delivery delivery, Memory memory, Step.AwaitWindow step, List<ObjectChange> changes)
            throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        Attempt attempt = DeliveryLane.attempt(delivery, step.revealed());
        statuses.hold(delivery.id());
        reports.awaitsWindow(
                object, delivery.id(), attempt, step.closed(), changes, step.revealed());
        memory.standing(new Standing.Awaiting(attempt.position(), step.closed().opensAt()));
    }

    /** When to look again. */
    Next wait(Verdict.Closed closed) {
        return Next.after(until(closed, clock.instant()));
    }

    static Duration until(Verdict.Closed closed, Instant now) {
        Instant opens = closed.opens();
        if (opens == null) {
            return LOOK_AGAIN;
        }
        Duration until = Duration.between(now, opens);
        return until.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : until;
    }

    /** Puts on record that an urgent change does not wait; once for each position. */
    void override(Delivery delivery, Memory memory, Step.Urgent step) {
        Envelope<DeliveryRevealed> record = step.revealed();
        Position position = record.event().position();
        if (memory.standing() instanceof Standing.Retrying(Position at, Instant _, int _)
                && at.equals(position)) {
            return;
        }
        audit.send(
                new WindowOverridden(
                        delivery.id(),
                        position,
                        record.event().source(),
                        step.by(),
                        step.why(),
                        step.closed().opens()),
                record);
        reports.overridesWindow(
                Objects.requireNonNull(delivery.object()),
                DeliveryLane.attempt(delivery, record),
                step);
    }
}
