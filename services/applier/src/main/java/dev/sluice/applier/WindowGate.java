package dev.sluice.applier;

import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.windows.Verdict;
import dev.sluice.windows.Windows;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a step may be taken now, as the maintenance windows say. Touches nothing. */
final class WindowGate {

    private final Windows windows;

    WindowGate(Windows windows) {
        this.windows = windows;
    }

    /** The step itself, or what is to be done in its place while the windows are closed. */
    Step pass(Delivery delivery, Kustomization object, Step step, Instant now) {
        if (!(step instanceof Step.Apply(Envelope<DeliveryRevealed> record, boolean _))) {
            return step;
        }
        return switch (windows.of(object.metadata(), now)) {
            case Verdict.Open _ -> step;
            case Verdict.Invalid(String message) ->
                    new Step.Refuse(
                            Attempt.of(record.event(), Budget.of(object.spec())),
                            Reason.INVALID_WINDOW,
                            message);
            case Verdict.Closed closed -> closed(delivery, object, record, closed);
        };
    }

    /** Whether drift stays as it is now; until when is the closed windows' to say. */
    Verdict.@Nullable Closed holdsDrift(Kustomization object, Instant now) {
        return windows.of(object.metadata(), now) instanceof Verdict.Closed closed
                        && closed.holdsDrift()
                ? closed
                : null;
    }

    private static Step closed(
            Delivery delivery,
            Kustomization object,
            Envelope<DeliveryRevealed> record,
            Verdict.Closed closed) {
        DeliveryRevealed event = record.event();
        if (AppliedState.covers(delivery.applied(), event)
                && !(delivery.drifted() && closed.holdsDrift())) {
            return new Step.Apply(record, false);
        }
        if (!closed.deniesUrgency()) {
            String commit = event.source().urgent();
            if (commit != null) {
                return new Step.Urgent(record, closed, "commit", commit);
            }
            String annotation = object.metadata().annotations().get(Windows.URGENT_ANNOTATION);
            if (annotation != null && annotation.strip().equals(event.source().revision())) {
                return new Step.Urgent(record, closed, "annotation", annotation.strip());
            }
        }
        return new Step.AwaitWindow(record, closed);
    }
}
