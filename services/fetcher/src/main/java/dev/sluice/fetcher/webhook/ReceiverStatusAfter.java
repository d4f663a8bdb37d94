package dev.sluice.fetcher.webhook;

import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.notification.Receiver;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the status of a Receiver says after it was looked at. */
record ReceiverStatusAfter(Receiver receiver, Instant now) {

    private static final Receiver.Status NONE = new Receiver.Status(null, null, List.of(), null);

    /** It can be called at this path. */
    Receiver.Status ready(String path) {
        Conditions conditions =
                before().with(
                                condition(
                                        ConditionTypes.READY,
                                        true,
                                        Reasons.SUCCEEDED,
                                        "Receiver initialized for path: " + path));
        return status(receiver.metadata().generation(), conditions, path);
    }

    /** It can't be called; the path stays, and answers that it is out of order. */
    Receiver.Status notReady(NotReadyException problem) {
        Conditions conditions =
                before().with(
                                condition(
                                        ConditionTypes.READY,
                                        false,
                                        problem.reason(),
                                        problem.getMessage()));
        String path = known().webhookPath();
        if (problem.isFinal()) {
            return status(
                    receiver.metadata().generation(),
                    conditions.with(
                            trouble(
                                    ConditionTypes.STALLED,
                                    problem.reason(),
                                    problem.getMessage())),
                    path);
        }
        return status(
                known().observedGeneration(),
                conditions.with(
                        trouble(
                                ConditionTypes.RECONCILING,
                                Reasons.PROGRESSING_WITH_RETRY,
                                "trying again after a failure")),
                path);
    }

    /** Of a suspended object: that the request was seen. */
    Receiver.Status handled() {
        return status(
                known().observedGeneration(),
                new Conditions(known().conditions()),
                known().webhookPath());
    }

    private Receiver.Status known() {
        return receiver.status() == null ? NONE : receiver.status();
    }

    private Conditions before() {
        return new Conditions(known().conditions())
                .without(ConditionTypes.RECONCILING)
                .without(ConditionTypes.STALLED);
    }

    private Receiver.Status status(
            @Nullable Long observedGeneration, Conditions conditions, @Nullable String path) {
        String requestedAt = receiver.metadata().requestedAt();
        return new Receiver.Status(
                observedGeneration,
                requestedAt == null ? known().lastHandledReconcileAt() : requestedAt,
                conditions.list(),
                path);
    }

    private Condition trouble(String type, String reason, String message) {
        return condition(type, true, reason, message);
    }

    private Condition condition(String type, boolean holds, String reason, String message) {
        Condition.Status status = Condition.Status.of(holds);
        Timestamp since =
                known().conditions().stream()
                        .filter(known -> known.type().equals(type) && known.status() == status)
                        .map(Condition::lastTransitionTime)
                        .findFirst()
                        .orElse(new Timestamp(now));
        return new Condition(
                type, status, reason, message, since, receiver.metadata().generation());
    }
}
