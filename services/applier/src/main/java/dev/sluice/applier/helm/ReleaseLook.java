package dev.sluice.applier.helm;

import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.DriftDetection;
import dev.sluice.fluxapi.helm.HelmReleaseStatus.Snapshot;
import dev.sluice.fluxapi.helm.Upgrade;
import dev.sluice.helm.worker.HelmResponse.Drifted;
import dev.sluice.helm.worker.HelmResponse.ReleaseRecord;
import dev.sluice.helm.worker.WorkerException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds how Helm's records of a release stand to what is wanted. */
final class ReleaseLook {

    private static final Set<String> PENDING =
            Set.of("pending-install", "pending-upgrade", "pending-rollback");

    private final ReleaseWork work;
    private final ReleaseDraft draft;
    private final ReleaseActions actions;
    private List<Drifted> drifted = List.of();

    ReleaseLook(ReleaseWork work, ReleaseActions actions) {
        this.work = work;
        this.draft = work.draft;
        this.actions = actions;
    }

    /** What was found to differ in the cluster. */
    List<Drifted> drifted() {
        return drifted;
    }

    /**
     * @param corrected whether this run has released, or put drift right, already
     */
    ReleaseState state(boolean corrected)
            throws ReleaseActions.Broken, WorkerException, InterruptedException {
        ReleaseRecord last = work.last;
        if (last == null) {
            return ReleaseState.ABSENT;
        }
        if (PENDING.contains(last.status())) {
            return ReleaseState.LOCKED;
        }
        Optional<Snapshot> current = draft.history.latest();
        if (current.isEmpty()) {
            return last.status().equals("uninstalled")
                    ? ReleaseState.ABSENT
                    : ReleaseState.UNMANAGED;
        }
        if (!isAsNoted(current.get(), last)) {
            return ReleaseState.UNMANAGED;
        }
        return switch (last.status()) {
            case "failed" -> ReleaseState.FAILED;
            case "uninstalled" -> ReleaseState.ABSENT;
            case "deployed" -> deployed(last, current.get(), corrected);
            default ->
                    throw new ReleaseActions.Broken(
                            "unable to determine state for release with status '"
                                    + last.status()
                                    + "'");
        };
    }

    /**
     * Whether the record is the one that the history tells of. Entries of a newer format than ours
     * have digests that are made otherwise: of these the rest is compared, or a cluster that is
     * taken over would have every release upgraded for nothing.
     */
    private static boolean isAsNoted(Snapshot noted, ReleaseRecord record) {
        String format = noted.apiVersion();
        if (format == null || format.isEmpty()) {
            return noted.digest().equals(record.digest());
        }
        return noted.version() == record.version()
                && noted.status().equals(record.status())
                && noted.chartName().equals(record.chartName())
                && noted.chartVersion().equals(record.chartVersion())
                && noted.configDigest().equals(record.configDigest());
    }

    private ReleaseState deployed(ReleaseRecord last, Snapshot current, boolean corrected)
            throws ReleaseActions.Broken, WorkerException, InterruptedException {
        boolean same =
                last.chartName().equals(work.info.name())
                        && last.chartVersion().equals(work.info.version())
                        && (current.configDigest().equals(work.configDigest)
                                || (corrected && preservesValues()));
        if (!same || isShapedOtherwise()) {
            return ReleaseState.OUT_OF_SYNC;
        }
        if (work.testsEnabled()) {
            if (current.testHooks() == null) {
                return ReleaseState.UNTESTED;
            }
            Remediation remediation = Remediation.active(work.spec, draft.lastAction);
            if (remediation != null
                    && !remediation.ignoreTestFailures()
                    && ReleaseHistory.hasFailedTest(current)) {
                return ReleaseState.FAILED;
            }
        }
        DriftDetection detection = work.spec.driftDetection();
        String mode = detection == null ? null : detection.mode();
        if (("enabled".equals(mode) || "warn".equals(mode)) && !corrected) {
            drifted = actions.drift(false);
            return drifted.isEmpty() ? ReleaseState.IN_SYNC : ReleaseState.DRIFTED;
        }
        return ReleaseState.IN_SYNC;
    }

    /** Then the record has more values than are wanted, and one upgrade is all that a run does. */
    private boolean preservesValues() {
        Upgrade upgrade = work.spec.upgrade();
        return upgrade != null && upgrade.preserveValues();
    }

    /** Only a new generation can have other post-renderers or metadata. */
    private boolean isShapedOtherwise() {
        boolean fresh =
                draft.find(ConditionTypes.READY)
                        .map(ready ->
                                !Long.valueOf(work.object.metadata().generation())
                                        .equals(ready.observedGeneration()))
                        .orElse(false);
        return fresh
                && !(or(draft.postRenderersDigest).equals(ShapeDigests.postRenderers(work.spec))
                        && or(draft.commonMetadataDigest)
                                .equals(ShapeDigests.commonMetadata(work.spec)));
    }

    private static String or(@Nullable String digest) {
        return digest == null ? "" : digest;
    }
}
