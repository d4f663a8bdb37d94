package dev.sluice.applier.helm;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DeliveryWaiting;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.Condition.Status;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.Next;
import dev.sluice.pipeline.StateTable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The run of one HelmRelease: looks at all that is known, and does what is to be done. */
public final class HelmLane {

    private static final Duration UNSURE = Duration.ofSeconds(2);

    /** The HelmChart goes before the release does, but does not keep it for ever. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private static final int LOOKS = 30;

    private static final Duration BUSY = Duration.ofSeconds(5);

    /** What was done for a release in this process. */
    private record Memory(String uid, long generation, String content) {}

    private final HelmReleases releases;
    private final StateTable revealed;
    private final HelmStatuses statuses;
    private final HelmCharts charts;
    private final HelmDependencies dependencies;
    private final HelmWork work;
    private final ReleaseJournal journal;
    private final ReleaseWindows windows;
    private final Clock clock;
    private final Map<DeliveryId, Memory> memories = new ConcurrentHashMap<>();
    private final Map<DeliveryId, Integer> failures = new ConcurrentHashMap<>();
    private final Set<DeliveryId> uninstalled = ConcurrentHashMap.newKeySet();

    /** What a lane asks and tells beside the cluster. */
    public record Outside(
            ReleaseJournal journal,
            ReleaseWindows windows,
            NamespaceBoundary boundary,
            Clock clock) {}

    public HelmLane(
            HelmReleases releases,
            StateTable revealed,
            HelmStatuses statuses,
            HelmCharts charts,
            HelmWork work,
            Outside outside) {
        this.releases = releases;
        this.revealed = revealed;
        this.statuses = statuses;
        this.charts = charts;
        this.dependencies = new HelmDependencies(releases::get, outside.boundary);
        this.work = work;
        this.journal = outside.journal;
        this.windows = outside.windows;
        this.clock = outside.clock;
    }

    /** Brings one release to what is wanted now. */
    public Next run(DeliveryId id) throws KubernetesException, InterruptedException {
        HelmRelease object = releases.get(id);
        if (object == null) {
            return forget(id);
        }
        if (object.metadata().isDeleted()) {
            return delete(id, object);
        }
        if (object.spec().suspend()) {
            return suspended(id, object);
        }
        statuses.finalizer(id, true);
        HelmRelease held = releases.get(id);
        return held == null || !held.metadata().finalizers().contains(Labels.FINALIZER)
                ? Next.after(UNSURE)
                : prepare(id, held);
    }

    /** Forgets what this process knows of releases that another one works on from now on. */
    public void leave(Predicate<DeliveryId> theirs) {
        memories.keySet().removeIf(theirs);
        failures.keySet().removeIf(theirs);
        uninstalled.removeIf(theirs);
    }

    private Next forget(DeliveryId id) throws KubernetesException {
        if (statuses.exists(id)) {
            return Next.after(UNSURE);
        }
        memories.remove(id);
        failures.remove(id);
        journal.deleted(id, "the HelmRelease is gone");
        return Next.done();
    }

    private Next delete(DeliveryId id, HelmRelease object)
            throws KubernetesException, InterruptedException {
        memories.remove(id);
        if (!object.metadata().finalizers().contains(Labels.FINALIZER)) {
            return Next.done();
        }
        if (!object.spec().suspend()) {
            ReleaseDraft draft = new ReleaseDraft(object, clock);
            Optional<String> problem =
                    uninstalled.contains(id) ? Optional.empty() : work.remove(id, object, draft);
            if (problem.isPresent()) {
                statuses.write(id, object, draft.toStatus());
                return Next.after(pause(id));
            }
            uninstalled.add(id);
            if (!charts.remove(chartOf(object, draft))
                    && failures.merge(id, 1, Integer::sum) < LOOKS) {
                return Next.after(LOOK_AGAIN);
            }
        }
        uninstalled.remove(id);
        failures.remove(id);
        statuses.finalizer(id, false);
        journal.deleted(id, "the HelmRelease was deleted");
        return Next.done();
    }

    private static @Nullable String chartOf(HelmRelease object, ReleaseDraft draft) {
        return draft.helmChart != null || object.spec().chart() == null
                ? draft.helmChart
                : HelmCharts.nameOf(object);
    }

    private Next suspended(DeliveryId id, HelmRelease object) throws KubernetesException {
        ReleaseDraft draft = new ReleaseDraft(object, clock);
        draft.observedGeneration = object.metadata().generation();
        handled(object, draft);
        statuses.write(id, object, draft.toStatus());
        memories.remove(id);
        return Next.done();
    }

    private Next prepare(DeliveryId id, HelmRelease object)
            throws KubernetesException, InterruptedException {
        ReleaseDraft draft = new ReleaseDraft(object, clock);
        Optional<String> refusal = charts.refusal(object);
        if (refusal.isPresent()) {
            return refuse(id, object, draft, Reason.ACCESS_DENIED, refusal.get());
        }
        draft.helmChart = charts.sync(object, draft.helmChart);
        Optional<String> invalid = work.invalid(object);
        if (invalid.isPresent()) {
            return refuse(id, object, draft, Reason.INVALID_CEL_EXPRESSION, invalid.get());
        }
        Optional<HelmDependencies.Hold> hold = dependencies.check(id, object);
        if (hold.isPresent()) {
            Reason fault = hold.get().fault();
            return fault != null
                    ? refuse(id, object, draft, fault, hold.get().message())
                    : hold(id, object, draft, "DependencyNotReady", hold.get().message());
        }
        Envelope<Event> latest = revealed.get(id.toString()).orElse(null);
        if (latest == null
                || !(latest.event() instanceof DeliveryEvent delivery)
                || !delivery.position().uid().equals(object.metadata().uid())
                || delivery.position().generation() != object.metadata().generation()) {
            return Next.done();
        }
        return switch (delivery) {
            case DeliveryFailed failed -> failed(id, object, draft, failed, latest);
            case DeliveryRevealed wanted -> release(id, object, draft, wanted, latest);
            default -> Next.done();
        };
    }

    private Next failed(
            DeliveryId id,
            HelmRelease object,
            ReleaseDraft draft,
            DeliveryFailed failed,
            Envelope<Event> latest)
            throws KubernetesException {
        Next next = hold(id, object, draft, failed.reason().word(), failed.message());
        journal.failed(failed, latest);
        return next;
    }

    /** Something is missing; whatever brings it wakes the release. */
    private Next hold(
            DeliveryId id, HelmRelease object, ReleaseDraft draft, String reason, String message)
            throws KubernetesException {
        memories.remove(id);
        draft.reconciling("Progressing", "Fulfilling prerequisites");
        draft.ready(Status.False, reason, message);
        handled(object, draft);
        if (statuses.write(id, object, draft.toStatus())) {
            work.tell(object, reason, message);
        }
        return Next.done();
    }

    /** Only another spec helps. */
    private Next refuse(
            DeliveryId id, HelmRelease object, ReleaseDraft draft, Reason why, String message)
            throws KubernetesException {
        String reason = why.word();
        draft.ready(Status.False, reason, message);
        draft.stalled(reason, message);
        draft.observedGeneration = object.metadata().generation();
        handled(object, draft);
        if (statuses.write(id, object, draft.toStatus())) {
            work.tell(object, reason, message);
        }
        return Next.done();
    }

    private Next release(
            DeliveryId id,
            HelmRelease object,
            ReleaseDraft draft,
            DeliveryRevealed wanted,
            Envelope<Event> latest)
            throws KubernetesException, InterruptedException {
        String open = object.metadata().requestedAt();
        boolean asked = open != null && !open.equals(draft.handledReconcileAt);
        DeliveryApplied before = journal.latest(id);
        if (!asked && isSettled(id, object, wanted)) {
            Optional<Next> next =
                    work.hasDrift(id)
                            ? correct(id, object, draft, before)
                            : Optional.of(Next.done());
            if (next.isPresent()) {
                return next.get();
            }
        }
        if (!isSettled(id, object, wanted)) {
            Optional<ReleaseWindows.Hold> hold = windows.hold(object, wanted, latest);
            if (hold.isPresent()) {
                return await(id, object, draft, wanted, hold.get());
            }
        }
        HelmWork.Result result =
                work.release(
                        id, object, draft, wanted, before == null ? List.of() : before.objects());
        Ending ending = result.ending();
        handled(object, draft);
        if (ending instanceof Ending.Settled
                || ending instanceof Ending.Stalled
                || ending instanceof Ending.After) {
            draft.observedGeneration = object.metadata().generation();
        }
        statuses.write(id, object, draft.toStatus());
        if (ending instanceof Ending.Settled && draft.isTrue(ConditionTypes.READY)) {
            journal.applied(result.applied(), latest);
        } else if (!(ending instanceof Ending.Again)) {
            journal.failed(work.failure(object, draft, wanted), latest);
        }
        return next(id, object, wanted, ending);
    }

    /** The change waits for its maintenance window, which is told once. */
    private Next await(
            DeliveryId id,
            HelmRelease object,
            ReleaseDraft draft,
            DeliveryRevealed wanted,
            ReleaseWindows.Hold hold)
            throws KubernetesException {
        draft.remove(ConditionTypes.RECONCILING);
        draft.ready(hold.ready(), hold.reason().word(), hold.message());
        handled(object, draft);
        if (statuses.write(id, object, draft.toStatus())) {
            work.tell(object, hold.reason().word(), hold.message());
            journal.waiting(
                    new DeliveryWaiting(
                            id, wanted.position(), hold.reason(), hold.message(), List.of()),
                    null);
        }
        return Next.after(hold.again());
    }

    /** Puts right what was reported; empty where the release must be looked at as a whole. */
    private Optional<Next> correct(
            DeliveryId id, HelmRelease object, ReleaseDraft draft, @Nullable DeliveryApplied before)
            throws KubernetesException, InterruptedException {
        Optional<Duration> held = windows.holdsDrift(object);
        if (held.isPresent()) {
            return Optional.of(Next.after(held.get()));
        }
        if (before == null || !HelmReleases.isReady(object)) {
            return Optional.of(Next.done());
        }
        return switch (work.correct(id, object, draft, before)) {
            case ReleaseCorrection.Result.Whole _ -> Optional.empty();
            case ReleaseCorrection.Result.Busy _ -> Optional.of(Next.after(BUSY));
            case ReleaseCorrection.Result.Done(var objects, var changes) -> {
                if (!objects.equals(before.objects())) {
                    journal.applied(before.with(objects, changes), null);
                }
                yield Optional.of(Next.done());
            }
        };
    }

    private Next next(DeliveryId id, HelmRelease object, DeliveryRevealed wanted, Ending ending) {
        return switch (ending) {
            case Ending.Settled _, Ending.Stalled _ -> {
                failures.remove(id);
                remember(id, object, wanted);
                yield Next.done();
            }
            case Ending.After(Duration pause) -> {
                failures.remove(id);
                yield Next.after(pause);
            }
            case Ending.Again _, Ending.Backoff _ -> Next.after(pause(id));
        };
    }

    private void remember(DeliveryId id, HelmRelease object, DeliveryRevealed wanted) {
        memories.put(
                id,
                new Memory(
                        object.metadata().uid(), object.metadata().generation(), wanted.content()));
    }

    /** By what this process did, or after a start by what was told and the status says. */
    private boolean isSettled(DeliveryId id, HelmRelease object, DeliveryRevealed wanted) {
        Memory memory = memories.get(id);
        if (memory != null) {
            return memory.uid().equals(object.metadata().uid())
                    && memory.generation() == object.metadata().generation()
                    && memory.content().equals(wanted.content());
        }
        DeliveryApplied applied = journal.latest(id);
        return applied != null
                && applied.position().uid().equals(object.metadata().uid())
                && applied.position().generation() == object.metadata().generation()
                && applied.content().equals(wanted.content())
                && HelmReleases.isReady(object);
    }

    private Duration pause(DeliveryId id) {
        return Backoff.pause(failures.merge(id, 1, Integer::sum));
    }

    /** Every run answers the request that it saw. */
    private static void handled(HelmRelease object, ReleaseDraft draft) {
        String open = object.metadata().requestedAt();
        if (open != null && !Objects.equals(open, draft.handledReconcileAt)) {
            draft.handledReconcileAt = open;
        }
    }
}
