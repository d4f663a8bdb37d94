package dev.sluice.applier.helm;

import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.Condition.Status;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.GoDuration;
import java.util.Optional;

/** How a run ends, and what the status says then. */
final class ReleaseEndings {

    private final ReleaseWork work;
    private final ReleaseDraft draft;

    ReleaseEndings(ReleaseWork work) {
        this.work = work;
        this.draft = work.draft;
    }

    /** An action failed such that the run cannot go on. */
    Ending broken(String message) {
        Optional<Ending> retry = retryLater();
        if (retry.isPresent()) {
            return retry.get();
        }
        if (draft.isTrue(ConditionTypes.READY)) {
            draft.ready(Status.False, "ReconcileError", message);
        }
        String reason = draft.find(ConditionTypes.READY).map(Condition::reason).orElse("");
        return new Ending.Backoff(reason, message);
    }

    /** No retries are left. */
    Ending exhausted() {
        draft.stalled(
                "RetriesExceeded",
                "Failed to "
                        + draft.lastAction
                        + " after "
                        + draft.failuresOf(draft.lastAction)
                        + " attempt(s)");
        return new Ending.Stalled();
    }

    /** Where the strategy is to retry and never to undo. */
    Optional<Ending> retryLater() {
        Remediation remediation = Remediation.active(work.spec, draft.lastAction);
        if (remediation == null || remediation.retryAfter() == null) {
            return Optional.empty();
        }
        draft.remove(ConditionTypes.RECONCILING);
        draft.ready(
                Status.False,
                "RetryAfterInterval",
                "Will retry after " + GoDuration.of(remediation.retryAfter()));
        return Optional.of(new Ending.After(remediation.retryAfter()));
    }

    /** The next action has been done in this run already. */
    Ending pause() {
        return retryLater()
                .orElseGet(() -> {
                    if (again()) {
                        return new Ending.Again();
                    }
                    draft.remove(ConditionTypes.RECONCILING);
                    return new Ending.Settled();
                });
    }

    Ending afterRemediation() {
        return retryLater().orElseGet(() -> again() ? new Ending.Again() : exhausted());
    }

    /** Whether there are retries left; the status says that there will be one. */
    private boolean again() {
        Remediation remediation = Remediation.active(work.spec, draft.lastAction);
        if (remediation != null && remediation.exhausted(draft.failuresOf(draft.lastAction))) {
            return false;
        }
        draft.reconciling(
                "ProgressingWithRetry",
                draft.find(ConditionTypes.READY).map(Condition::message).orElse(""));
        return true;
    }

    /** All is as wanted. */
    void settle() {
        draft.remove(ConditionTypes.RECONCILING);
        work.summarize();
        if (draft.isTrue(ConditionTypes.READY)) {
            String renderers = ShapeDigests.postRenderers(work.spec);
            String metadata = ShapeDigests.commonMetadata(work.spec);
            draft.postRenderersDigest = renderers.isEmpty() ? null : renderers;
            draft.commonMetadataDigest = metadata.isEmpty() ? null : metadata;
        }
    }
}
