package dev.sluice.applier;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryPruned;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.Envelope;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.Reason;
import dev.sluice.events.Took;
import dev.sluice.fluxapi.CommonMetadata;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.apply.ApplyReport;
import dev.sluice.kubernetes.apply.ApplyRequest;
import dev.sluice.kubernetes.apply.Inventory;
import dev.sluice.kubernetes.apply.Owner;
import dev.sluice.kubernetes.apply.Prune;
import dev.sluice.kubernetes.apply.PruneReport;
import dev.sluice.kubernetes.apply.StagedApply;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a cluster to a bundle: applies in stages what differs from what was last applied, prunes
 * what has left, and keeps a record of both, in an order in which no object is ever forgotten.
 */
final class ApplyWork {

    private final ClusterSessions sessions;
    private final Bundles bundles;
    private final Outlets outlets;
    private final KeyedDigest digest;
    private final int width;
    private final PruneGuard guard;
    private final Clock clock;

    ApplyWork(
            ClusterSessions sessions,
            Bundles bundles,
            Outlets outlets,
            KeyedDigest digest,
            int width,
            PruneGuard guard,
            Clock clock) {
        this.sessions = sessions;
        this.bundles = bundles;
        this.outlets = outlets;
        this.digest = digest;
        this.width = width;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * Applies the whole bundle.
     *
     * @param all whether to send also what is known to be as wanted
     */
    ApplyResult apply(Delivery delivery, Envelope<DeliveryRevealed> record, boolean all)
            throws KubernetesException {
        Run run = new Run(delivery, record);
        boolean covered =
                !all && !delivery.drifted() && AppliedState.covers(run.latest, record.event());
        return run.guarded(() -> covered ? run.moveOn() : run.apply(all));
    }

    /** Applies the objects that drifted, and nothing else. */
    ApplyResult correct(
            Delivery delivery, Envelope<DeliveryRevealed> record, List<DriftedObject> drifted)
            throws KubernetesException {
        Run run = new Run(delivery, record);
        return run.guarded(() -> run.correct(drifted));
    }

    /** Steps that may end in a failure for the status. */
    private interface Steps {
        ApplyResult take() throws TargetException, RefusedBundleException, KubernetesException;
    }

    /** One run for one delivery. */
    private final class Run {

        private final Envelope<DeliveryRevealed> record;
        private final DeliveryRevealed event;
        private final Kustomization object;
        private final @Nullable DeliveryApplied latest;
        private final Owner owner;
        private final Instant started = clock.instant();

        Run(Delivery delivery, Envelope<DeliveryRevealed> record) {
            this.record = record;
            event = record.event();
            object = Objects.requireNonNull(delivery.object());
            latest = AppliedState.ofLife(delivery.applied(), event.position().uid());
            owner = Owner.kustomization(delivery.id().namespace(), delivery.id().name());
        }

        ApplyResult guarded(Steps steps) throws KubernetesException {
            try {
                return steps.take();
            } catch (TargetException e) {
                return broken(Setback.TARGET, Reason.RECONCILIATION_FAILED, e.getMessage());
            } catch (RefusedBundleException e) {
                return broken(Setback.APPLY, Reason.RECONCILIATION_FAILED, e.getMessage());
            }
        }

        ApplyResult apply(boolean all)
                throws TargetException, RefusedBundleException, KubernetesException {
            List<KubernetesObject> objects = bundles.open(event);
            Cluster cluster = sessions.of(object);
            announce(objects);
            ApplyReport report = send(cluster, objects, all ? ids() : Set.of());
            if (!report.succeeded()) {
                keepUnfinished(report.applied());
                return broken(Setback.APPLY, Reason.RECONCILIATION_FAILED, message(report));
            }
            Inventory stale = stale(report);
            Optional<String> held =
                    guard.held(recorded(), stale, object, event.source().revision());
            if (held.isPresent()) {
                return held(report, stale, held.get());
            }
            PruneReport pruned = new Prune(cluster).run(stale, owner);
            List<ObjectChange> changes = new ArrayList<>(report.changes());
            changes.addAll(pruned.changes());
            List<AppliedObject> now = AppliedState.merge(report.applied(), leftOver(pruned));
            if (!pruned.succeeded()) {
                keepUnfinished(now);
                return new ApplyResult.Broken(
                        failure(Setback.PRUNE, Reason.PRUNE_FAILED, pruned.message(), now));
            }
            return finish(cluster, now, changes);
        }

        /** All is there already: only the position moves, where it does. */
        ApplyResult moveOn() throws TargetException, RefusedBundleException, KubernetesException {
            bundles.verify(event);
            Cluster cluster = sessions.of(object);
            Envelope<DeliveryApplied> kept = outlets.latestRecord(event.delivery());
            return kept != null && kept.event().position().equals(event.position())
                    ? new ApplyResult.Done(kept, cluster)
                    : finish(cluster, AppliedState.objects(latest), List.of());
        }

        ApplyResult correct(List<DriftedObject> drifted)
                throws TargetException, RefusedBundleException, KubernetesException {
            Set<String> ids = drifted.stream().map(DriftedObject::id).collect(Collectors.toSet());
            List<KubernetesObject> objects =
                    bundles.open(event).stream()
                            .filter(o -> ids.contains(o.id().inventoryId()))
                            .toList();
            Cluster cluster = sessions.of(object);
            ApplyReport report = send(cluster, objects, ids);
            List<AppliedObject> now =
                    AppliedState.merge(AppliedState.objects(latest), report.applied());
            if (!report.succeeded()) {
                keepUnfinished(now);
                return broken(Setback.APPLY, Reason.RECONCILIATION_FAILED, message(report));
            }
            return finish(cluster, now, report.changes());
        }

        private ApplyResult finish(
                Cluster cluster, List<AppliedObject> objects, List<ObjectChange> changes) {
            DeliveryApplied applied = AppliedState.finished(event, objects, changes, took());
            return new ApplyResult.Done(outlets.keep(applied, record), cluster);
        }

        private ApplyReport send(
                Cluster cluster, List<KubernetesObject> objects, Collection<String> unknown) {
            CommonMetadata common = object.spec().commonMetadata();
            ApplyRequest request =
                    ApplyRequest.of(objects, owner)
                            .withForce(object.spec().force())
                            .withKnown(AppliedState.known(latest, unknown));
            if (common != null) {
                request = request.withCommonMetadata(common.labels(), common.annotations());
            }
            return new StagedApply(cluster, Labels.KUSTOMIZE_MANAGER, digest, width).run(request);
        }

        /** Objects that may exist from now on are on record before they do. */
        private void announce(List<KubernetesObject> objects) {
            Inventory known = AppliedState.inventory(object.status(), latest);
            List<AppliedObject> fresh =
                    objects.stream()
                            .filter(o -> !known.entries().containsKey(o.id()))
                            .map(o -> AppliedState.trace(o.id(), o.version()))
                            .toList();
            if (!fresh.isEmpty()) {
                keepUnfinished(fresh);
            }
        }

        private void keepUnfinished(List<AppliedObject> over) {
            List<AppliedObject> all = AppliedState.merge(latestObjects(), over);
            outlets.keep(AppliedState.unfinished(event, latest, all), record);
        }

        /** With what this very run has recorded already. */
        private List<AppliedObject> latestObjects() {
            return AppliedState.objects(
                    AppliedState.ofLife(outlets.latest(event.delivery()), event.position().uid()));
        }

        /** All that may be in the cluster by the status and by all records. */
        private Inventory recorded() {
            return AppliedState.inventory(object.status(), latest)
                    .plus(Inventory.of(latestObjects()));
        }

        /** What is there and is not wanted any more; without prune that is nobody's concern. */
        private Inventory stale(ApplyReport report) {
            return object.spec().prune()
                    ? recorded().minus(Inventory.of(report.applied()))
                    : Inventory.EMPTY;
        }

        private ApplyResult held(ApplyReport report, Inventory stale, String message) {
            List<AppliedObject> left =
                    stale.entries().entrySet().stream()
                            .map(e -> AppliedState.trace(e.getKey(), e.getValue()))
                            .toList();
            List<AppliedObject> now = AppliedState.merge(report.applied(), left);
            keepUnfinished(now);
            return new ApplyResult.Broken(failure(Setback.PRUNE, Reason.PRUNE_HELD, message, now));
        }

        /** What could not be deleted stays on record. */
        private List<AppliedObject> leftOver(PruneReport pruned) {
            Inventory all = AppliedState.inventory(object.status(), latest);
            return pruned.failed().keySet().stream()
                    .map(id -> AppliedState.trace(id, version(all, id)))
                    .toList();
        }

        private String version(Inventory all, ObjectId id) {
            return Objects.requireNonNullElse(all.entries().get(id), "v1");
        }

        private Set<String> ids() {
            return AppliedState.objects(latest).stream()
                    .map(AppliedObject::id)
                    .collect(Collectors.toSet());
        }

        private ApplyResult broken(Setback at, Reason reason, @Nullable String message) {
            return new ApplyResult.Broken(failure(at, reason, String.valueOf(message), null));
        }

        private Outcome.Failed failure(
                Setback at, Reason reason, String message, @Nullable List<AppliedObject> objects) {
            return new Outcome.Failed(
                    at,
                    reason,
                    message,
                    event.buildDigest(),
                    objects == null ? null : AppliedState.entries(objects),
                    Duration.between(started, clock.instant()));
        }

        private String message(ApplyReport report) {
            String changes = EventText.changes(report.changes());
            return changes.isEmpty() ? report.message() : report.message() + "\n\n" + changes;
        }

        private Took took() {
            long now = clock.millis();
            long apply = Duration.between(started, clock.instant()).toMillis();
            long sinceSource = now - event.position().source();
            return new Took(apply, Math.max(apply, sinceSource));
        }
    }

    /** The event about what was deleted; null where nothing was. */
    static @Nullable DeliveryPruned pruned(DeliveryApplied applied) {
        List<String> objects =
                applied.changes().stream()
                        .filter(c -> c.action() == ObjectChange.Action.DELETED)
                        .map(ObjectChange::object)
                        .toList();
        return objects.isEmpty()
                ? null
                : new DeliveryPruned(
                        applied.delivery(), applied.position(), objects, "removed from the source");
    }
}
