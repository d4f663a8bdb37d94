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
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.apply.ApplyReport;
import dev.sluice.kubernetes.apply.ApplyRequest;
import dev.sluice.kubernetes.apply.IgnoredFields;
import dev.sluice.kubernetes.apply.Inventory;
import dev.sluice.kubernetes.apply.Owner;
import dev.sluice.kubernetes.apply.Preview;
import dev.sluice.kubernetes.apply.Prune;
import dev.sluice.kubernetes.apply.PruneReport;
import dev.sluice.kubernetes.apply.StagedApply;
import dev.sluice.kubernetes.target.TargetException;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
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
    private final Manner manner;
    private final LackingKinds kinds;
    private final Clock clock;

    /**
     * How it is done.
     *
     * @param digest for what was applied
     * @param width how many requests of one delivery are under way at once
     */
    record Manner(KeyedDigest digest, int width, PruneGuard guard) {}

    ApplyWork(
            ClusterSessions sessions,
            Bundles bundles,
            Outlets outlets,
            Manner manner,
            LackingKinds kinds,
            Clock clock) {
        this.sessions = sessions;
        this.bundles = bundles;
        this.outlets = outlets;
        this.manner = manner;
        this.kinds = kinds;
        this.clock = clock;
    }

    /**
     * Applies the whole bundle.
     *
     * @param all whether to send also what is known to be as wanted
     * @throws KubernetesException where the cluster of the Kustomizations itself does not answer
     */
    ApplyResult apply(Delivery delivery, Envelope<DeliveryRevealed> record, boolean all)
            throws KubernetesException {
        Run run = new Run(delivery, record.event(), record);
        boolean covered = !all && !delivery.drifted() && run.record.covers();
        return run.guarded(() -> covered ? run.moveOn() : run.apply(all));
    }

    /** What {@link #apply} would change, by what is on record. */
    List<ObjectChange> preview(Delivery delivery, DeliveryRevealed event)
            throws RefusedBundleException, KubernetesException {
        Run run = new Run(delivery, event, null);
        return Preview.of(
                run.request(bundles.open(event), Set.of()),
                manner.digest(),
                run.record.all(),
                run.object.spec().prune());
    }

    /** A bundle that cannot be opened, as a result. */
    ApplyResult.Broken refused(
            Delivery delivery, Envelope<DeliveryRevealed> record, RefusedBundleException e) {
        return new Run(delivery, record.event(), record).broken(e);
    }

    /**
     * Applies the objects that drifted, and nothing else.
     *
     * @param event what they are put right from
     */
    ApplyResult correct(Delivery delivery, DeliveryRevealed event, List<DriftedObject> drifted)
            throws KubernetesException {
        Run run = new Run(delivery, event, null);
        return run.guarded(() -> run.correct(drifted));
    }

    /** Steps that may end in a failure for the status. */
    private interface Steps {
        ApplyResult take() throws TargetException, RefusedBundleException, KubernetesException;
    }

    /** One run for one delivery. */
    private final class Run {

        private final DeliveryRevealed event;
        private final Kustomization object;
        private final RunRecord record;
        private final Owner owner;
        private final Instant started = clock.instant();

        Run(Delivery delivery, DeliveryRevealed event, @Nullable Envelope<?> cause) {
            this.event = event;
            object = Objects.requireNonNull(delivery.object());
            record = new RunRecord(outlets, event, cause, object, delivery.applied());
            owner = Owner.kustomization(delivery.id().namespace(), delivery.id().name());
        }

        ApplyResult guarded(Steps steps) throws KubernetesException {
            try {
                return steps.take();
            } catch (TargetException e) {
                return broken(Setback.TARGET, String.valueOf(e.getMessage()), true);
            } catch (RefusedBundleException e) {
                return broken(e);
            }
        }

        ApplyResult.Broken broken(RefusedBundleException e) {
            return broken(Setback.APPLY, String.valueOf(e.getMessage()), true);
        }

        ApplyResult apply(boolean all)
                throws TargetException, RefusedBundleException, KubernetesException {
            List<KubernetesObject> objects = bundles.open(event);
            Cluster cluster = session();
            record.announce(objects);
            ApplyReport report = send(cluster, objects, all ? record.ids() : Set.of());
            if (!report.succeeded()) {
                record.unfinished(report.applied());
                return broken(cluster, objects, report);
            }
            Inventory stale = record.stale(report);
            Optional<String> held =
                    manner.guard().held(record.all(), stale, object, event.source().revision());
            if (held.isPresent()) {
                return held(report, stale, held.get());
            }
            PruneReport pruned = new Prune(cluster).run(stale, owner);
            List<ObjectChange> changes = new ArrayList<>(report.changes());
            changes.addAll(record.deleted(pruned));
            List<AppliedObject> now = AppliedState.merge(report.applied(), record.leftOver(pruned));
            if (!pruned.succeeded()) {
                record.unfinished(now);
                return new ApplyResult.Broken(
                        failure(Setback.PRUNE, Reason.PRUNE_FAILED, pruned.message(), now), true);
            }
            return new ApplyResult.Done(record.finished(now, changes, took()), cluster);
        }

        /** All is there already: only the position moves, where it does. */
        ApplyResult moveOn() throws TargetException, RefusedBundleException, KubernetesException {
            bundles.verify(event);
            Cluster cluster = sessions.of(object);
            Envelope<DeliveryApplied> kept = record.standing();
            return new ApplyResult.Done(
                    kept == null ? record.finished(record.before(), List.of(), took()) : kept,
                    cluster);
        }

        ApplyResult correct(List<DriftedObject> drifted)
                throws TargetException, RefusedBundleException, KubernetesException {
            Set<String> ids = drifted.stream().map(DriftedObject::id).collect(Collectors.toSet());
            List<KubernetesObject> objects =
                    bundles.open(event).stream()
                            .filter(o -> ids.contains(o.id().inventoryId()))
                            .toList();
            Cluster cluster = session();
            ApplyReport report = send(cluster, objects, ids);
            if (!report.succeeded()) {
                record.unfinished(report.applied());
                return broken(cluster, objects, report);
            }
            return new ApplyResult.Done(
                    record.corrected(report.applied(), report.changes(), took()), cluster);
        }

        /** Another cluster that is silent is asked once, and not for each of a thousand objects. */
        private Cluster session() throws TargetException, KubernetesException {
            Cluster cluster = sessions.of(object);
            if (object.spec().kubeConfig() != null && !cluster.answers()) {
                throw new TargetException("the cluster of the kubeConfig does not answer");
            }
            return cluster;
        }

        private ApplyReport send(
                Cluster cluster, List<KubernetesObject> objects, Collection<String> unknown) {
            return new StagedApply(
                            cluster, Labels.KUSTOMIZE_MANAGER, manner.digest(), manner.width())
                    .run(request(objects, unknown));
        }

        private ApplyRequest request(List<KubernetesObject> objects, Collection<String> unknown) {
            CommonMetadata common = object.spec().commonMetadata();
            ApplyRequest request =
                    ApplyRequest.of(objects, owner)
                            .withForce(object.spec().force())
                            .withIgnored(IgnoredFields.parse(event.spec().path("ignore")))
                            .withKnown(record.known(unknown));
            if (common != null) {
                request = request.withCommonMetadata(common.labels(), common.annotations());
            }
            return request;
        }

        private ApplyResult held(ApplyReport report, Inventory stale, String message) {
            List<AppliedObject> left =
                    stale.entries().entrySet().stream()
                            .map(e -> AppliedState.trace(e.getKey(), e.getValue()))
                            .toList();
            List<AppliedObject> now = AppliedState.merge(report.applied(), left);
            record.unfinished(now);
            return new ApplyResult.Broken(
                    failure(Setback.PRUNE, Reason.PRUNE_HELD, message, now), false);
        }

        /** Where our own cluster is away there is no status to write either: it is tried again. */
        private ApplyResult broken(
                Cluster cluster, List<KubernetesObject> objects, ApplyReport report)
                throws KubernetesException {
            KubernetesFailure first = report.failures().getFirst().failure();
            if (first.sort().outage()
                    && object.spec().kubeConfig() == null
                    && !sessions.own().answers()) {
                throw new KubernetesException(first);
            }
            kinds.lacking(event.delivery(), cluster, report);
            return broken(Setback.APPLY, message(objects, report), report.mayHeal());
        }

        private ApplyResult.Broken broken(Setback at, String message, boolean mayHeal) {
            return new ApplyResult.Broken(
                    failure(at, Reason.RECONCILIATION_FAILED, message, null), mayHeal);
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

        private String message(List<KubernetesObject> objects, ApplyReport report) {
            String refusals = Discretion.tell(event.spec(), objects, report.message());
            String changes = EventText.changes(report.changes());
            return changes.isEmpty() ? refusals : refusals + "\n\n" + changes;
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
