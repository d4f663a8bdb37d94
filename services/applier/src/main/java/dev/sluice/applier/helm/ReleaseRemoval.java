package dev.sluice.applier.helm;

import dev.sluice.fluxapi.Condition.Status;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus.Snapshot;
import dev.sluice.helm.ReleaseNames;
import dev.sluice.helm.worker.HelmRequest;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.WorkerException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Uninstalls what a HelmRelease has released, wherever that was. */
final class ReleaseRemoval {

    private ReleaseRemoval() {}

    /**
     * Uninstalls the release that the status tells of.
     *
     * @return what went wrong; empty where it is gone
     */
    static Optional<String> run(
            HelmRelease object, ReleaseDraft draft, HelmSession helm, ReleaseReports reports)
            throws WorkerException, InterruptedException {
        Optional<Snapshot> latest = draft.history.latest();
        String storage = draft.storageNamespace;
        if (latest.isEmpty() || storage == null || storage.isEmpty()) {
            return Optional.empty();
        }
        Snapshot current = latest.get();
        ReleaseNames names = new ReleaseNames(current.name(), current.namespace(), storage);
        HelmRequest request =
                new ReleaseRequests(object, names, List.of())
                        .uninstall(current.name(), draft.history.ociDigests());
        HelmResponse response = helm.run(request);
        draft.history = draft.history.observed(response.written());
        Map<String, String> marks = ReleaseActions.marks(current);
        String what =
                " for release "
                        + ReleaseActions.full(current)
                        + " with chart "
                        + ReleaseActions.chart(current);
        if (response.error() == null) {
            String message = "Helm uninstall succeeded" + what;
            draft.set(ConditionTypes.RELEASED, Status.False, "UninstallSucceeded", message);
            reports.event(object, false, "UninstallSucceeded", message, marks);
            return Optional.empty();
        }
        String kind = response.error().kind();
        if (kind.equals("not-found") || kind.equals("already-deleted")) {
            String message =
                    "Release "
                            + ReleaseActions.full(current)
                            + " was not found, assuming it is uninstalled";
            draft.set(ConditionTypes.RELEASED, Status.False, "UninstallSucceeded", message);
            return Optional.empty();
        }
        String message = "Helm uninstall failed" + what + ": " + response.error().message();
        draft.failures++;
        draft.set(ConditionTypes.RELEASED, Status.False, "UninstallFailed", message);
        draft.summarize(false, false);
        reports.event(object, true, "UninstallFailed", message, marks);
        return Optional.of(message);
    }

    /** Whether what is wanted is another release than the one that is there. */
    static boolean isNeeded(ReleaseWork work) {
        Optional<Snapshot> latest = work.draft.history.latest();
        String storage = work.draft.storageNamespace;
        if (latest.isEmpty() || storage == null || storage.isEmpty()) {
            return false;
        }
        Snapshot current = latest.get();
        boolean inPlace =
                work.spec.upgrade() != null
                        && "InPlaceUpdate".equals(work.spec.upgrade().chartNameChangeStrategy());
        return !work.names.storage().equals(storage)
                || !work.names.namespace().equals(current.namespace())
                || !work.names.name().equals(current.name())
                || (!inPlace && !work.info.name().equals(current.chartName()));
    }
}
