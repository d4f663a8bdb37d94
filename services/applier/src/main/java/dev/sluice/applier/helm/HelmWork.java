package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.applier.drift.DriftInbox;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.Reason;
import dev.sluice.events.Stage;
import dev.sluice.events.Took;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.Condition.Status;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.HealthCheckExpression;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.DriftDetection;
import dev.sluice.fluxapi.helm.HelmReleaseStatus;
import dev.sluice.helm.ReleasePlan;
import dev.sluice.helm.worker.HelmRequest;
import dev.sluice.helm.worker.HelmWorkers;
import dev.sluice.helm.worker.WorkerException;
import dev.sluice.helm.worker.WorkerIdentity;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import dev.sluice.kubernetes.health.Health;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Runs and removes releases: puts together what a run needs, and says what came of it. */
public final class HelmWork {

    /**
     * Reads the health of objects as a release's own expressions say. A port to the applier's own.
     */
    public interface Assessors {
        Function<ObjectNode, Health> of(List<HealthCheckExpression> expressions)
                throws InvalidExpressionException;
    }

    /**
     * What came of a run.
     *
     * @param applied what the cluster has, where it has what is wanted
     */
    record Result(Ending ending, DeliveryApplied applied) {}

    /** What is no cause for alarm. */
    private static final Set<String> WAITING =
            Set.of(Reason.DEPENDENCY_NOT_READY.word(), Reason.AWAITING_WINDOW.word());

    /** As Flux's timeout of a release that names none. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HelmWorkers workers;
    private final ReleaseContents contents;
    private final ReleaseTargets targets;
    private final Assessors assessors;
    private final ReleaseLimits limits;
    private final HelmStatuses statuses;
    private final HelmEvents events;
    private final Clock clock;
    private final DriftInbox drift = new DriftInbox();

    public HelmWork(
            HelmWorkers workers,
            ReleaseContents contents,
            ReleaseTargets targets,
            Assessors assessors,
            ReleaseLimits limits,
            HelmStatuses statuses,
            HelmEvents events,
            Clock clock) {
        this.workers = workers;
        this.contents = contents;
        this.targets = targets;
        this.assessors = assessors;
        this.limits = limits;
        this.statuses = statuses;
        this.events = events;
        this.clock = clock;
    }

    /** Someone changed objects of a release. */
    public void drifted(DriftDetected report) {
        drift.add(report);
    }

    boolean hasDrift(DeliveryId id) {
        return drift.has(id);
    }

    /**
     * Puts back what was reported, or tells of it, as the release says.
     *
     * @param applied the release as it was recorded last
     */
    ReleaseCorrection.Result correct(
            DeliveryId id, HelmRelease object, ReleaseDraft draft, DeliveryApplied applied)
            throws KubernetesException, InterruptedException {
        List<DriftedObject> drifted = drift.take(id, applied.objects());
        DriftDetection detection = object.spec().driftDetection();
        String mode = detection == null ? null : detection.mode();
        ReleaseCorrection correction = new ReleaseCorrection(object, draft, reports(id));
        if ("warn".equals(mode)) {
            correction.tell(drifted);
        }
        if (drifted.isEmpty() || !"enabled".equals(mode)) {
            return new ReleaseCorrection.Result.Done(applied.objects(), List.of());
        }
        try {
            ReleaseCorrection.Result result =
                    correction.run(session(object), applied.objects(), drifted);
            if (result instanceof ReleaseCorrection.Result.Busy) {
                drift.add(new DriftDetected(id, applied.position(), drifted));
            }
            return result;
        } catch (WorkerException | ReleaseTargets.Unusable | IOException e) {
            return new ReleaseCorrection.Result.Whole();
        }
    }

    /** What is wrong with the expressions of the spec. */
    Optional<String> invalid(HelmRelease object) {
        try {
            if (!object.spec().healthCheckExprs().isEmpty()) {
                assessors.of(object.spec().healthCheckExprs());
            }
            return Optional.empty();
        } catch (InvalidExpressionException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** An Event about what keeps a release from being looked at. */
    void tell(HelmRelease object, String reason, String message) {
        events.say(object, !WAITING.contains(reason), reason, message, Map.of());
    }

    /**
     * @param before the release's objects as they were recorded last
     */
    Result release(
            DeliveryId id,
            HelmRelease object,
            ReleaseDraft draft,
            DeliveryRevealed wanted,
            List<AppliedObject> before)
            throws KubernetesException, InterruptedException {
        Instant started = clock.instant();
        drift.forget(id);
        Seen seen = new Seen(before);
        Ending ending = ending(id, object, draft, wanted, seen);
        Duration took = Duration.between(started, clock.instant());
        return new Result(
                ending,
                new DeliveryApplied(
                        id,
                        wanted.position(),
                        wanted.source(),
                        wanted.content(),
                        seen.objects,
                        seen.changes,
                        new Took(took.toMillis(), took.toMillis()),
                        wanted));
    }

    /** The objects that a run has seen, which counts also where it fails later. */
    private static final class Seen {
        private List<AppliedObject> objects;
        private List<ObjectChange> changes = List.of();

        Seen(List<AppliedObject> objects) {
            this.objects = objects;
        }
    }

    private Ending ending(
            DeliveryId id,
            HelmRelease object,
            ReleaseDraft draft,
            DeliveryRevealed wanted,
            Seen seen)
            throws KubernetesException, InterruptedException {
        try {
            ReleasePlan plan = contents.open(wanted);
            ReleasePlan.Oci oci = plan.oci();
            HelmRequest.Chart chart =
                    new HelmRequest.Chart(
                            Base64.getEncoder().encodeToString(contents.chart(plan)),
                            oci == null ? null : oci.tag(),
                            oci == null ? null : oci.buildMetadata(),
                            oci == null ? null : oci.digest());
            ReleaseWork work =
                    new ReleaseWork(object, plan, chart, session(object), reports(id), draft);
            Ending ending = new ReleaseRun(work, clock).run();
            seen.changes = List.copyOf(work.changes);
            if (work.objects != null) {
                seen.objects = ReleaseObjects.applied(work.objects);
            }
            return ending;
        } catch (WorkerException e) {
            return ending(draft, e);
        } catch (IOException e) {
            return fail(draft, "ArtifactFailed", "Could not load chart: " + e.getMessage());
        } catch (ReleaseTargets.Unusable e) {
            return fail(draft, "RESTClientError", String.valueOf(e.getMessage()));
        }
    }

    private static Ending ending(ReleaseDraft draft, WorkerException e) {
        return switch (e.kind()) {
            case MISSING -> fail(draft, Reason.HELM_WORKER_MISSING.word(), message(e));
            case LOST -> new Ending.Again();
            case LIMIT ->
                    fail(
                            draft,
                            Remediation.UPGRADE.equals(draft.lastAction)
                                    ? "UpgradeFailed"
                                    : "InstallFailed",
                            message(e));
        };
    }

    private static String message(WorkerException e) {
        return String.valueOf(e.getMessage());
    }

    private static Ending fail(ReleaseDraft draft, String reason, String message) {
        draft.ready(Status.False, reason, message);
        return new Ending.Backoff(reason, message);
    }

    private HelmSession session(HelmRelease object)
            throws ReleaseTargets.Unusable, KubernetesException, IOException {
        Cluster cluster = targets.of(object);
        WorkerIdentity identity = WorkerIdentities.of(cluster);
        HelmAnswers answers;
        try {
            answers =
                    new HelmAnswers(
                            object,
                            limits,
                            cluster,
                            assessors.of(object.spec().healthCheckExprs()));
        } catch (InvalidExpressionException e) {
            throw new ReleaseTargets.Unusable(String.valueOf(e.getMessage()));
        }
        return request -> workers.run(identity, request, answers);
    }

    private ReleaseReports reports(DeliveryId id) {
        return new ReleaseReports() {
            @Override
            public void status(HelmRelease object, HelmReleaseStatus status)
                    throws KubernetesException {
                statuses.write(id, object, status);
            }

            @Override
            public void event(
                    HelmRelease object,
                    boolean warning,
                    String reason,
                    String message,
                    Map<String, String> marks) {
                events.say(object, warning, reason, message, marks);
            }
        };
    }

    /** Uninstalls what the release made; empty where nothing of it is left, or nobody may look. */
    Optional<String> remove(DeliveryId id, HelmRelease object, ReleaseDraft draft)
            throws KubernetesException, InterruptedException {
        if (draft.storageNamespace == null || draft.history.entries().isEmpty()) {
            return Optional.empty();
        }
        try {
            if (accountIsGone(object)) {
                return Optional.empty();
            }
            if (isGivenUp(object)) {
                reports(id)
                        .event(
                                object,
                                true,
                                "UninstallFailed",
                                "Unable to uninstall the release: the cluster does not answer; what it has is left there",
                                Map.of());
                return Optional.empty();
            }
            return ReleaseRemoval.run(object, draft, session(object), reports(id));
        } catch (ReleaseTargets.Unusable e) {
            // Without the kubeconfig nobody can reach what was released.
            return Optional.empty();
        } catch (WorkerException | IOException e) {
            String message = String.valueOf(e.getMessage());
            draft.ready(Status.False, "UninstallFailed", message);
            return Optional.of(message);
        }
    }

    /** Another cluster that has been silent since the deletion, for the release's own timeout. */
    private boolean isGivenUp(HelmRelease object)
            throws KubernetesException, ReleaseTargets.Unusable {
        Timestamp deleted = object.metadata().deletionTimestamp();
        return object.spec().kubeConfig() != null
                && deleted != null
                && !clock.instant().isBefore(deleted.instant().plus(patience(object)))
                && !targets.of(object).answers();
    }

    private static Duration patience(HelmRelease object) {
        return object.spec().timeout() == null ? PATIENCE : object.spec().timeout().toDuration();
    }

    /** Where a namespace goes, its accounts go first: then nothing can be done in their name. */
    private boolean accountIsGone(HelmRelease object)
            throws KubernetesException, ReleaseTargets.Unusable {
        String account = object.spec().serviceAccountName();
        if (account == null || account.isEmpty() || object.spec().kubeConfig() != null) {
            return false;
        }
        Cluster own = targets.own();
        try {
            return own.metadata(
                            own.resource("v1", "ServiceAccount"),
                            object.metadata().namespace(),
                            account)
                    .isEmpty();
        } catch (KubernetesException e) {
            if (e.is(Sort.FORBIDDEN)) {
                return false;
            }
            throw e;
        }
    }

    /** What the history of outcomes is told of a run that failed. */
    DeliveryFailed failure(HelmRelease object, ReleaseDraft draft, DeliveryRevealed wanted) {
        Condition ready = draft.find(ConditionTypes.READY).orElse(null);
        String word = ready == null ? "" : ready.reason();
        return new DeliveryFailed(
                wanted.delivery(),
                wanted.position(),
                wanted.source(),
                null,
                object.metadata().requestedAt(),
                Stage.APPLIER,
                reason(word),
                ready == null ? "" : ready.message(),
                null);
    }

    private static Reason reason(String word) {
        try {
            return Reason.of(word);
        } catch (IllegalArgumentException e) {
            return Reason.RECONCILE_ERROR;
        }
    }
}
