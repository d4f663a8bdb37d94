package dev.sluice.applier.helm;

import dev.sluice.fluxapi.Condition.Status;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.helm.HelmReleaseStatus.Snapshot;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.HelmResponse.Drifted;
import dev.sluice.helm.worker.HelmResponse.ReleaseRecord;
import dev.sluice.helm.worker.WorkerException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Helm's actions on one release, and what each leaves in the status. */
final class ReleaseActions {

    /** An action failed such that the run cannot go on. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    private final ReleaseWork work;
    private final Clock clock;

    ReleaseActions(ReleaseWork work, Clock clock) {
        this.work = work;
        this.clock = clock;
    }

    void install() throws Broken, WorkerException, InterruptedException {
        work.draft.lastAction = Remediation.INSTALL;
        work.draft.history = ReleaseHistory.none();
        release(
                Remediation.INSTALL,
                Remediation.ofInstall(work.spec),
                () ->
                        work.helm.run(
                                work.requests.install(
                                        work.chart, work.values(), work.ociDigests())));
    }

    void upgrade() throws Broken, WorkerException, InterruptedException {
        work.draft.lastAction = Remediation.UPGRADE;
        release(
                Remediation.UPGRADE,
                Remediation.ofUpgrade(work.spec),
                () ->
                        work.helm.run(
                                work.requests.upgrade(
                                        work.chart, work.values(), work.ociDigests())));
    }

    private interface Call {
        HelmResponse run() throws WorkerException, InterruptedException;
    }

    private void release(String action, Remediation remediation, Call call)
            throws Broken, WorkerException, InterruptedException {
        ReleaseDraft draft = work.draft;
        draft.remove(ConditionTypes.TEST_SUCCESS);
        draft.remove(ConditionTypes.REMEDIATED);
        Instant started = clock.instant();
        HelmResponse response = call.run();
        draft.lastActionDuration =
                GoDuration.of(Duration.between(started, clock.instant())).toString();
        draft.history = draft.history.released(response.written(), work.ociDigest());
        take(response);
        String title = title(action);
        if (response.error() != null) {
            String message =
                    "Helm "
                            + action
                            + " failed for release "
                            + work.names.namespace()
                            + '/'
                            + work.names.name()
                            + " with chart "
                            + work.info.name()
                            + '@'
                            + work.info.version()
                            + ": "
                            + response.error().message();
            draft.failures++;
            draft.set(ConditionTypes.RELEASED, Status.False, title + "Failed", message);
            work.event(true, title + "Failed", withLog(message, response), work.wantedMarks());
            work.summarize();
            if (response.written().isEmpty()) {
                throw new Broken(message);
            }
            draft.countFailure(action);
            return;
        }
        work.released = response;
        Snapshot current = draft.history.latest().orElseThrow();
        String message =
                "Helm "
                        + action
                        + " succeeded for release "
                        + full(current)
                        + " with chart "
                        + chart(current);
        draft.set(ConditionTypes.RELEASED, Status.True, title + "Succeeded", message);
        if (work.testsEnabled() && current.testHooks() == null) {
            draft.set(
                    ConditionTypes.TEST_SUCCESS,
                    Status.Unknown,
                    "AwaitingTests",
                    "Helm release "
                            + full(current)
                            + " with chart "
                            + chart(current)
                            + " is awaiting tests");
        }
        if (remediation.retryAfter() != null) {
            draft.clearFailures();
        }
        work.event(false, title + "Succeeded", message, marks(current));
        work.summarize();
    }

    private void take(HelmResponse response) {
        if (!response.written().isEmpty()) {
            work.last = response.written().getFirst();
        }
        work.changes.addAll(ReleaseObjects.changes(response.changed()));
    }

    void test() throws Broken, WorkerException, InterruptedException {
        ReleaseDraft draft = work.draft;
        Snapshot current = current("test");
        HelmResponse response = work.helm.run(work.requests.test(work.ociDigests()));
        draft.history = draft.history.tested(response.written());
        take(response);
        Snapshot tested = draft.history.latest().orElse(current);
        if (response.error() != null) {
            String message =
                    "Helm test failed for release "
                            + full(tested)
                            + " with chart "
                            + chart(tested)
                            + ": "
                            + response.error().message();
            draft.failures++;
            draft.set(ConditionTypes.TEST_SUCCESS, Status.False, "TestFailed", message);
            work.event(true, "TestFailed", message, marks(tested));
            Remediation remediation = Remediation.active(work.spec, draft.lastAction);
            if (tested.testHooks() != null
                    && remediation != null
                    && !remediation.ignoreTestFailures()) {
                draft.countFailure(draft.lastAction);
            }
            work.summarize();
            if (tested.testHooks() == null) {
                throw new Broken(message);
            }
            return;
        }
        int hooks = tested.testHooks() == null ? 0 : tested.testHooks().size();
        String what =
                hooks == 0
                        ? "no test hooks"
                        : hooks + " test hook" + (hooks > 1 ? "s" : "") + " completed successfully";
        String message =
                "Helm test succeeded for release "
                        + full(tested)
                        + " with chart "
                        + chart(tested)
                        + ": "
                        + what;
        draft.set(ConditionTypes.TEST_SUCCESS, Status.True, "TestSucceeded", message);
        work.event(false, "TestSucceeded", message, marks(tested));
        work.summarize();
    }

    void rollback(Snapshot target) throws Broken, WorkerException, InterruptedException {
        ReleaseDraft draft = work.draft;
        String before = current("rollback").digest();
        HelmResponse response =
                work.helm.run(work.requests.rollback(target.version(), work.ociDigests()));
        draft.history = draft.history.rolledBack(response.written());
        take(response);
        String what =
                "Helm rollback to previous release "
                        + full(target)
                        + " with chart "
                        + chart(target);
        if (response.error() != null) {
            String message = what + " failed: " + response.error().message();
            draft.failures++;
            draft.set(ConditionTypes.REMEDIATED, Status.False, "RollbackFailed", message);
            work.event(true, "RollbackFailed", withLog(message, response), rollbackMarks(target));
            work.summarize();
            if (before.equals(draft.history.latest().map(Snapshot::digest).orElse(""))) {
                throw new Broken(message);
            }
            return;
        }
        work.released = response;
        String message = what + " succeeded";
        draft.set(ConditionTypes.REMEDIATED, Status.True, "RollbackSucceeded", message);
        work.event(false, "RollbackSucceeded", message, rollbackMarks(target));
        work.summarize();
    }

    /** Of the release that it goes back to, but for the values: those are the ones that failed. */
    private Map<String, String> rollbackMarks(Snapshot target) {
        Map<String, String> marks = marks(target);
        marks.put("token", work.configDigest);
        return marks;
    }

    /** As the remediation of a failed release; Ready goes on telling of the failure, as in Flux. */
    void remediateByUninstall() throws Broken, WorkerException, InterruptedException {
        ReleaseDraft draft = work.draft;
        Snapshot current = current("uninstall");
        HelmResponse response =
                work.helm.run(work.requests.uninstall(current.name(), work.ociDigests()));
        draft.history = draft.history.observed(response.written());
        afterUninstall(response);
        String what =
                "Helm uninstall remediation for release "
                        + full(current)
                        + " with chart "
                        + chart(current);
        Snapshot after = draft.history.latest().orElse(current);
        boolean nothing = after.digest().equals(current.digest());
        if (response.error() != null || nothing) {
            String message =
                    what
                            + " failed: "
                            + (response.error() == null
                                    ? "uninstall completed with error: release not updated in Helm storage"
                                    : response.error().message());
            draft.failures++;
            draft.set(ConditionTypes.REMEDIATED, Status.False, "UninstallFailed", message);
            work.event(true, "UninstallFailed", withLog(message, response), marks(current));
            if (nothing) {
                throw new Broken(message);
            }
            return;
        }
        String message = what + " succeeded";
        draft.set(ConditionTypes.REMEDIATED, Status.True, "UninstallSucceeded", message);
        work.event(false, "UninstallSucceeded", message, marks(after));
    }

    private void afterUninstall(HelmResponse response) {
        boolean kept = work.spec.uninstall() != null && work.spec.uninstall().keepHistory();
        if (kept || response.error() != null) {
            take(response);
        } else {
            work.last = null;
        }
    }

    void unlock() throws Broken, WorkerException, InterruptedException {
        ReleaseDraft draft = work.draft;
        String status = Optional.ofNullable(work.last).map(ReleaseRecord::status).orElse("");
        HelmResponse response = work.helm.run(work.requests.unlock(work.ociDigests()));
        draft.history = draft.history.observed(response.written());
        ReleaseRecord last = response.last();
        if (response.error() != null) {
            draft.failures++;
            throw new Broken(response.error().message());
        }
        work.last = last;
        if (last != null) {
            Snapshot current = ReleaseHistory.snapshot(last, null, last.ociDigest());
            String message =
                    "Unlocked Helm release "
                            + full(current)
                            + " with chart "
                            + chart(current)
                            + " in "
                            + status
                            + " state";
            draft.set(ConditionTypes.RELEASED, Status.False, "PendingRelease", message);
            work.event(false, "PendingRelease", message, marks(current));
        }
        work.summarize();
    }

    /** What differs in the cluster; puts it back where that is asked for. */
    List<Drifted> drift(boolean correct) throws Broken, WorkerException, InterruptedException {
        HelmResponse response =
                work.helm.run(
                        work.requests.drift(
                                work.spec.driftDetection() == null
                                        ? List.of()
                                        : work.spec.driftDetection().ignore(),
                                correct));
        if (response.error() != null) {
            throw new Broken("unable to determine cluster state: " + response.error().message());
        }
        work.objects = response.releasedObjects();
        return response.drifted();
    }

    static String summary(List<Drifted> drifted) {
        return drifted.stream()
                .map(object ->
                        object.kind()
                                + '/'
                                + (object.namespace() == null ? "" : object.namespace() + '/')
                                + object.name()
                                + (object.change().equals("deleted")
                                        ? " removed"
                                        : " changed ("
                                                + (object.paths() == null
                                                        ? ""
                                                        : String.join(", ", object.paths()))
                                                + ')'))
                .collect(Collectors.joining("\n"));
    }

    private Snapshot current(String action) throws Broken {
        Optional<Snapshot> latest = work.draft.history.latest();
        if (latest.isEmpty()) {
            throw new Broken("no latest release: required for " + action);
        }
        return latest.get();
    }

    static String full(Snapshot snapshot) {
        return snapshot.namespace() + '/' + snapshot.name() + ".v" + snapshot.version();
    }

    static String chart(Snapshot snapshot) {
        return snapshot.chartName() + '@' + snapshot.chartVersion();
    }

    static Map<String, String> marks(Snapshot snapshot) {
        Map<String, String> marks = new HashMap<>();
        marks.put("revision", snapshot.chartVersion());
        marks.put("token", snapshot.configDigest());
        if (snapshot.appVersion() != null) {
            marks.put("app-version", snapshot.appVersion());
        }
        if (snapshot.ociDigest() != null) {
            marks.put("oci-digest", snapshot.ociDigest());
        }
        return marks;
    }

    private static String title(String action) {
        return Character.toUpperCase(action.charAt(0)) + action.substring(1);
    }

    private static String withLog(String message, HelmResponse response) {
        List<String> log = response.log();
        return log == null || log.isEmpty()
                ? message
                : message + "\n\nLast Helm logs:\n\n" + String.join("\n", log).strip();
    }
}
