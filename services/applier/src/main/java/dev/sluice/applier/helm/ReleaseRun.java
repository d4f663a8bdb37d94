package dev.sluice.applier.helm;

import dev.sluice.fluxapi.Annotations;
import dev.sluice.fluxapi.Condition.Status;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Inventory;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.DriftDetection;
import dev.sluice.fluxapi.helm.HelmReleaseStatus.Snapshot;
import dev.sluice.helm.worker.HelmRequest.Action;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.HelmResponse.Drifted;
import dev.sluice.helm.worker.HelmResponse.ReleaseRecord;
import dev.sluice.helm.worker.WorkerException;
import dev.sluice.kubernetes.KubernetesException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings one release to what is wanted: looks at Helm's records, does the one thing that they ask
 * for, looks again, and so on. Each sort of action is done once in a run; a remediation ends it.
 */
final class ReleaseRun {

    /** Sorts of actions, each of which runs once. */
    private enum Sort {
        RELEASE,
        TEST,
        REMEDIATE,
        UNLOCK,
        DRIFT
    }

    /** The next action. */
    private record Step(Sort sort, Action action, @Nullable Snapshot target) {}

    private final ReleaseWork work;
    private final ReleaseDraft draft;
    private final ReleaseActions actions;
    private final ReleaseLook look;
    private final ReleaseEndings endings;
    private final Set<Sort> done = EnumSet.noneOf(Sort.class);
    private boolean force;
    private boolean exhausted;

    ReleaseRun(ReleaseWork work, Clock clock) {
        this.work = work;
        this.draft = work.draft;
        this.actions = new ReleaseActions(work, clock);
        this.look = new ReleaseLook(work, actions);
        this.endings = new ReleaseEndings(work);
    }

    Ending run() throws WorkerException, KubernetesException, InterruptedException {
        Optional<Ending> obstacle = look();
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        try {
            while (true) {
                Optional<Ending> ending = step();
                if (ending.isPresent()) {
                    return ending.get();
                }
            }
        } catch (ReleaseActions.Broken e) {
            return endings.broken(String.valueOf(e.getMessage()));
        }
    }

    /** Reads chart, values and records, and takes note of what is tried. */
    private Optional<Ending> look() throws WorkerException, InterruptedException {
        HelmResponse state =
                work.helm.run(work.requests.state(work.chart, work.values(), work.ociDigests(), 0));
        if (state.chart() == null || state.configDigest() == null) {
            String message = state.error() == null ? "" : state.error().message();
            boolean mutation =
                    state.error() != null && state.error().kind().equals("chart-mutation");
            String told = mutation ? message : "Could not load chart: " + message;
            String reason = mutation ? "ChartMutateError" : "ArtifactFailed";
            draft.ready(Status.False, reason, told);
            return Optional.of(new Ending.Backoff(reason, told));
        }
        work.info = state.chart();
        work.configDigest = state.configDigest();
        work.last = state.last();
        if (ReleaseRemoval.isNeeded(work)) {
            return Optional.of(moved());
        }
        attempt();
        if (state.error() != null) {
            String message = "Could not determine release state: " + state.error().message();
            draft.ready(Status.False, "StateError", message);
            return Optional.of(new Ending.Backoff("StateError", message));
        }
        return Optional.empty();
    }

    /** What was released is another release by now: it goes first. */
    private Ending moved() throws WorkerException, InterruptedException {
        Optional<String> problem = ReleaseRemoval.run(work.object, draft, work.helm, work.reports);
        if (problem.isPresent()) {
            return new Ending.Backoff("UninstallFailed", problem.get());
        }
        draft.history = ReleaseHistory.none();
        draft.clearFailures();
        draft.storageNamespace = null;
        draft.inventory = null;
        return new Ending.Again();
    }

    private void attempt() {
        Map<String, String> annotations = work.object.metadata().annotations();
        String requested = work.object.metadata().requestedAt();
        String reset = annotations.get(Annotations.RESET_AT);
        boolean resets =
                reset != null && reset.equals(requested) && !reset.equals(draft.handledResetAt);
        String forced = annotations.get(Annotations.FORCE_AT);
        force = forced != null && forced.equals(requested) && !forced.equals(draft.handledForceAt);
        if (resets) {
            draft.handledResetAt = reset;
        }
        if (force) {
            draft.handledForceAt = forced;
        }
        long generation = work.object.metadata().generation();
        boolean changed =
                !Long.valueOf(generation).equals(draft.lastAttemptedGeneration)
                        || !work.info.version().equals(draft.lastRevision)
                        || (draft.lastConfigDigest != null
                                && !work.configDigest.equals(draft.lastConfigDigest));
        if (changed || resets) {
            draft.clearFailures();
        }
        draft.storageNamespace = work.names.storage();
        draft.lastAttemptedGeneration = generation;
        draft.lastRevision = work.info.version();
        draft.lastRevisionDigest = work.ociDigest();
        draft.lastConfigDigest = work.configDigest;
    }

    private Optional<Ending> step()
            throws ReleaseActions.Broken,
                    WorkerException,
                    KubernetesException,
                    InterruptedException {
        // What was written a moment ago has not drifted.
        ReleaseState state = look.state(done.contains(Sort.DRIFT) || done.contains(Sort.RELEASE));
        exhausted = false;
        Optional<Step> next = next(state);
        if (exhausted) {
            return Optional.of(endings.exhausted());
        }
        if (next.isEmpty()) {
            if (draft.find(ConditionTypes.STALLED).isPresent() && state == ReleaseState.FAILED) {
                return Optional.of(new Ending.Stalled());
            }
            endings.settle();
            return Optional.of(new Ending.Settled());
        }
        Step step = next.get();
        if (done.contains(step.sort())) {
            return Optional.of(endings.pause());
        }
        announce(step);
        act(step);
        if (step.sort() == Sort.REMEDIATE) {
            return Optional.of(endings.afterRemediation());
        }
        done.add(step.sort());
        return Optional.empty();
    }

    private void announce(Step step) throws KubernetesException {
        String message =
                "Running '"
                        + step.action()
                        + "' action with timeout of "
                        + GoDuration.of(work.requests.timeout(step.action()));
        draft.reconciling("Progressing", message);
        if (step.sort() == Sort.RELEASE) {
            draft.ready(Status.Unknown, "Progressing", message);
        }
        if (step.sort() != Sort.DRIFT) {
            work.write();
        }
    }

    private void act(Step step)
            throws ReleaseActions.Broken, WorkerException, InterruptedException {
        switch (step.action()) {
            case install -> actions.install();
            case upgrade -> actions.upgrade();
            case test -> actions.test();
            case rollback -> actions.rollback(Objects.requireNonNull(step.target()));
            case uninstall -> actions.remediateByUninstall();
            case unlock -> actions.unlock();
            default -> correct();
        }
        if (work.released != null) {
            draft.inventory = inventory(work.released);
            work.objects = work.released.releasedObjects();
        }
    }

    private void correct() throws ReleaseActions.Broken, WorkerException, InterruptedException {
        List<Drifted> corrected = actions.drift(true);
        String release = draft.history.latest().map(ReleaseActions::full).orElse(work.names.name());
        boolean failed = corrected.stream().anyMatch(object -> object.failure() != null);
        Map<String, String> marks =
                draft.history.latest().map(ReleaseActions::marks).orElse(Map.of());
        work.event(
                failed,
                failed ? "DriftCorrectionFailed" : "DriftCorrected",
                (failed
                                ? "Failed to correct"
                                : "Cluster state of release " + release + " has been corrected:")
                        + '\n'
                        + ReleaseActions.summary(corrected),
                marks);
    }

    private Optional<Step> next(ReleaseState state)
            throws WorkerException, InterruptedException, ReleaseActions.Broken {
        return switch (state) {
            case IN_SYNC -> inSync();
            case LOCKED -> step(Sort.UNLOCK, Action.unlock);
            case ABSENT -> {
                boolean out = Remediation.ofInstall(work.spec).exhausted(draft.installFailures);
                exhausted = out && !force;
                yield step(Sort.RELEASE, Action.install);
            }
            case UNMANAGED -> {
                draft.history = ReleaseHistory.none();
                yield step(Sort.RELEASE, Action.upgrade);
            }
            case OUT_OF_SYNC -> {
                boolean out = Remediation.ofUpgrade(work.spec).exhausted(draft.upgradeFailures);
                exhausted = out && !force;
                yield step(Sort.RELEASE, Action.upgrade);
            }
            case DRIFTED -> drifted();
            case UNTESTED -> {
                healed();
                yield step(Sort.TEST, Action.test);
            }
            case FAILED -> failed();
        };
    }

    private static Optional<Step> step(Sort sort, Action action) {
        return Optional.of(new Step(sort, action, null));
    }

    private Optional<Step> inSync() {
        Remediation remediation = Remediation.active(work.spec, draft.lastAction);
        boolean ignored =
                remediation == null ? work.testsIgnored() : remediation.ignoreTestFailures();
        draft.history = draft.history.truncated(ignored);
        if (force && !done.contains(Sort.RELEASE)) {
            return step(Sort.RELEASE, Action.upgrade);
        }
        healed();
        return Optional.empty();
    }

    /** A rollback to what is wanted by now is no failure any more. */
    private void healed() {
        if (draft.isTrue(ConditionTypes.REMEDIATED)) {
            Snapshot current = draft.history.latest().orElseThrow();
            draft.remove(ConditionTypes.REMEDIATED);
            draft.set(
                    ConditionTypes.RELEASED,
                    Status.True,
                    "UpgradeSucceeded",
                    "Helm upgrade succeeded for release "
                            + ReleaseActions.full(current)
                            + " with chart "
                            + ReleaseActions.chart(current));
        }
    }

    private Optional<Step> drifted() {
        String release = draft.history.latest().map(ReleaseActions::full).orElse(work.names.name());
        work.event(
                true,
                "DriftDetected",
                "Cluster state of release "
                        + release
                        + " has drifted from the desired state:\n"
                        + ReleaseActions.summary(look.drifted()),
                Map.of());
        DriftDetection detection = work.spec.driftDetection();
        return detection != null && "enabled".equals(detection.mode())
                ? step(Sort.DRIFT, Action.drift)
                : Optional.empty();
    }

    private Optional<Step> failed()
            throws WorkerException, InterruptedException, ReleaseActions.Broken {
        Remediation remediation = Remediation.active(work.spec, draft.lastAction);
        if (remediation == null
                || remediation.retryAfter() != null
                || draft.failuresOf(draft.lastAction) <= 0
                || force) {
            return step(Sort.RELEASE, Action.upgrade);
        }
        if (remediation.exhausted(draft.failuresOf(draft.lastAction))
                && !remediation.remediateLast()) {
            exhausted = true;
            return Optional.empty();
        }
        draft.history = draft.history.truncated(remediation.ignoreTestFailures());
        if (!remediation.rollback()) {
            return step(Sort.REMEDIATE, Action.uninstall);
        }
        Optional<Snapshot> previous = draft.history.previous(remediation.ignoreTestFailures());
        if (previous.isEmpty()) {
            draft.stalled(
                    "MissingRollbackTarget",
                    "Failed to perform remediation: missing target release for rollback: cannot remediate failed release");
            return Optional.empty();
        }
        return isAsRecorded(previous.get())
                ? Optional.of(new Step(Sort.REMEDIATE, Action.rollback, previous.get()))
                : step(Sort.RELEASE, Action.upgrade);
    }

    /** Whether Helm's record of an earlier release is the one that we saw. */
    private boolean isAsRecorded(Snapshot snapshot)
            throws WorkerException, InterruptedException, ReleaseActions.Broken {
        HelmResponse state =
                work.helm.run(
                        work.requests.state(null, null, work.ociDigests(), snapshot.version()));
        if (state.error() != null) {
            throw new ReleaseActions.Broken(
                    "cannot verify previous release to roll back to: " + state.error().message());
        }
        ReleaseRecord named = state.named();
        return named != null && named.digest().equals(snapshot.digest());
    }

    private static Inventory inventory(HelmResponse released) {
        return new Inventory(
                released.releasedObjects().stream()
                        .map(object ->
                                new Inventory.Entry(
                                        ReleaseObjects.id(object).inventoryId(),
                                        ReleaseObjects.version(object)))
                        .toList());
    }
}
