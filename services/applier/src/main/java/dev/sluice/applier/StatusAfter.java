package dev.sluice.applier;

import static dev.sluice.fluxapi.ConditionTypes.HEALTHY;
import static dev.sluice.fluxapi.ConditionTypes.READY;
import static dev.sluice.fluxapi.ConditionTypes.RECONCILING;
import static dev.sluice.fluxapi.ConditionTypes.STALLED;

import dev.sluice.applier.Outcome.Answered;
import dev.sluice.applier.Outcome.AwaitingHealth;
import dev.sluice.applier.Outcome.AwaitingWindow;
import dev.sluice.applier.Outcome.Blocked;
import dev.sluice.applier.Outcome.Failed;
import dev.sluice.applier.Outcome.Fighting;
import dev.sluice.applier.Outcome.Peace;
import dev.sluice.applier.Outcome.Progressing;
import dev.sluice.applier.Outcome.Succeeded;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.Condition.Status;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.kustomize.KustomizationStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The status that an outcome leaves behind, in the words and the order of Flux. */
final class StatusAfter {

    private static final String IN_PROGRESS = "Reconciliation in progress";

    private final Attempt attempt;
    private final Instant now;
    private final StatusDraft draft;

    private StatusAfter(@Nullable KustomizationStatus before, Attempt attempt, Instant now) {
        this.attempt = attempt;
        this.now = now;
        draft = new StatusDraft(before, attempt.position().generation(), now);
    }

    /** The status after the outcome; the given one where nothing of it changes. */
    static KustomizationStatus of(
            @Nullable KustomizationStatus before, Attempt attempt, Outcome outcome, Instant now) {
        StatusAfter after = new StatusAfter(before, attempt, now);
        switch (outcome) {
            case Progressing progressing -> after.progressing(progressing);
            case AwaitingHealth awaiting -> after.awaitingHealth(awaiting);
            case Succeeded succeeded -> after.succeeded(succeeded);
            case Failed failed -> after.failed(failed);
            case Blocked blocked -> after.blocked(blocked);
            case AwaitingWindow awaiting -> after.awaitingWindow(awaiting);
            case Fighting(String message) ->
                    after.draft.condition(
                            Fighting.CONDITION, Status.True, Reason.FIGHTING.word(), message);
            case Peace _ -> after.draft.drop(Fighting.CONDITION);
            case Answered _ -> after.draft.handled(attempt.requestedAt());
        }
        return after.draft.done();
    }

    private void progressing(Progressing outcome) {
        String message = outcome.phase().message(attempt);
        draft.condition(READY, Status.Unknown, Reasons.PROGRESSING, IN_PROGRESS);
        draft.condition(RECONCILING, Status.True, Reasons.PROGRESSING, message);
        draft.drop(STALLED);
        if (outcome.phase() != Phase.FETCHING) {
            draft.attempted(attempt.revision());
        }
    }

    private void awaitingHealth(AwaitingHealth outcome) {
        progressing(new Progressing(Phase.CHECKING_HEALTH));
        draft.condition(
                HEALTHY,
                Status.Unknown,
                Reasons.PROGRESSING,
                Phase.CHECKING_HEALTH.message(attempt));
        draft.inventory(outcome.inventory());
    }

    private void succeeded(Succeeded outcome) {
        draft.condition(
                READY,
                Status.True,
                Reasons.RECONCILIATION_SUCCEEDED,
                "Applied revision: " + attempt.revision());
        draft.drop(RECONCILING);
        draft.drop(STALLED);
        if (outcome.healthyAfter() == null) {
            draft.drop(HEALTHY);
        } else {
            draft.condition(
                    HEALTHY,
                    Status.True,
                    Reasons.SUCCEEDED,
                    "Health check passed in " + GoDuration.of(outcome.healthyAfter()));
        }
        draft.observed();
        draft.handled(attempt.requestedAt());
        draft.attempted(attempt.revision());
        draft.applied(attempt.revision(), attempt.originRevision());
        draft.inventory(outcome.inventory());
        draft.history(
                History.with(
                        draft.history(),
                        attempt,
                        outcome.build(),
                        Reasons.RECONCILIATION_SUCCEEDED,
                        outcome.took(),
                        now));
    }

    private void failed(Failed outcome) {
        String reason = word(outcome.reason());
        String message = outcome.message();
        if (outcome.at() == Setback.HEALTH) {
            draft.condition(HEALTHY, Status.False, reason, message);
            message = "health check failed after " + GoDuration.of(outcome.took()) + ": " + message;
        }
        draft.condition(READY, Status.False, reason, message);
        retrying(outcome.at());
        stalled(outcome.at(), reason, message);
        draft.handled(attempt.requestedAt());
        if (outcome.at().attempted()) {
            draft.attempted(attempt.revision());
        }
        if (outcome.inventory() != null) {
            draft.inventory(outcome.inventory());
        }
        if (outcome.at().remembered() && outcome.build() != null) {
            draft.history(
                    History.with(
                            draft.history(),
                            attempt,
                            outcome.build(),
                            reason,
                            outcome.took(),
                            now));
        }
    }

    private void blocked(Blocked outcome) {
        draft.condition(READY, Status.False, Reasons.DEPENDENCY_NOT_READY, outcome.message());
        retrying(Setback.SOURCE);
        draft.drop(STALLED);
        draft.handled(attempt.requestedAt());
    }

    private void awaitingWindow(AwaitingWindow outcome) {
        draft.condition(READY, Status.Unknown, Reason.AWAITING_WINDOW.word(), outcome.message());
        draft.drop(RECONCILING);
        draft.drop(STALLED);
        draft.handled(attempt.requestedAt());
    }

    /**
     * Flux adds the condition only where work had begun, and keeps one that an earlier try left.
     */
    private void retrying(Setback at) {
        Phase phase = at.phase();
        if (phase != null) {
            draft.condition(
                    RECONCILING,
                    Status.True,
                    Reasons.PROGRESSING_WITH_RETRY,
                    phase.message(attempt));
        } else {
            draft.conditions()
                    .find(RECONCILING)
                    .ifPresent(old ->
                            draft.condition(
                                    RECONCILING,
                                    Status.True,
                                    Reasons.PROGRESSING_WITH_RETRY,
                                    old.message()));
        }
    }

    private void stalled(Setback at, String reason, String message) {
        if (at.stalled()) {
            draft.drop(RECONCILING);
            draft.condition(STALLED, Status.True, reason, message);
            draft.observed();
        } else {
            draft.drop(STALLED);
        }
    }

    /** Where Flux has no word of its own for it, what reads the statuses knows Flux's. */
    private static String word(Reason reason) {
        return switch (reason) {
            case DECRYPTION_FAILED, SECRET_IN_CLEAR -> Reason.BUILD_FAILED.word();
            default -> reason.word();
        };
    }
}
