package dev.sluice.applier;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryPruned;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.apply.Inventory;
import dev.sluice.kubernetes.apply.Owner;
import dev.sluice.kubernetes.apply.Prune;
import dev.sluice.kubernetes.apply.PruneReport;
import dev.sluice.kubernetes.target.TargetException;
import dev.sluice.manifests.ObjectId;
import dev.sluice.pipeline.Next;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes a delivery down whose object is being deleted, and lets the object go. */
final class DeletionWork {

    private static final String WHY = "the Kustomization was deleted";
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final ClusterSessions sessions;
    private final Statuses statuses;
    private final Outlets outlets;
    private final Announcer announcer;
    private final Clock clock;

    DeletionWork(
            ClusterSessions sessions,
            Statuses statuses,
            Outlets outlets,
            Announcer announcer,
            Clock clock) {
        this.sessions = sessions;
        this.statuses = statuses;
        this.outlets = outlets;
        this.announcer = announcer;
        this.clock = clock;
    }

    /** Prunes as the deletion policy says, and takes our finalizer off. */
    Next run(Delivery delivery) throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        if (!object.metadata().finalizers().contains(Labels.FINALIZER)) {
            return Next.done();
        }
        DeletionPlan plan = DeletionPlan.of(object.spec());
        Inventory inventory = AppliedState.inventory(object.status(), delivery.applied());
        if (plan != DeletionPlan.LEAVE && !inventory.isEmpty()) {
            Optional<Cluster> cluster = cluster(object);
            if (cluster.isPresent() && !takenDown(delivery, cluster.get(), inventory, plan)) {
                return Next.after(retry(object));
            }
        }
        forget(delivery.id());
        statuses.release(delivery.id());
        return Next.done();
    }

    /** Drops what is kept of a delivery whose object is no more. */
    void forget(DeliveryId id) {
        DeliveryApplied latest = outlets.latest(id);
        if (outlets.has(id)) {
            Position position = latest == null ? new Position("", 0, 0, 0) : latest.position();
            outlets.deleted(new DeliveryDeleted(id, position, WHY));
        }
    }

    /** Another cluster is asked again before its time is up, however long the interval is. */
    private static Duration retry(Kustomization object) {
        Duration retry = Budget.of(object.spec()).retryAfter();
        boolean tooLong = object.spec().kubeConfig() != null && retry.compareTo(SILENCE) > 0;
        return tooLong ? SILENCE : retry;
    }

    /** False where something is left to be done, and it is tried again. */
    private boolean takenDown(
            Delivery delivery, Cluster cluster, Inventory inventory, DeletionPlan plan)
            throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        if (object.spec().kubeConfig() != null && !cluster.answers()) {
            return isGivenUp(delivery, object, inventory);
        }
        return prune(delivery, cluster, inventory, plan);
    }

    /**
     * Whether another cluster has been silent for so long that its objects are left to it: for the
     * Kustomization's timeout since the deletion. Who knows that it only is out of reach for longer
     * gives more time, or suspends the Kustomization instead of deleting it.
     */
    private boolean isGivenUp(Delivery delivery, Kustomization object, Inventory inventory) {
        Timestamp deleted = object.metadata().deletionTimestamp();
        Duration patience = Budget.of(object.spec()).timeout().toDuration();
        boolean givenUp =
                deleted != null && !clock.instant().isBefore(deleted.instant().plus(patience));
        String message =
                givenUp
                        ? "Unable to prune objects: the cluster has not answered for "
                                + patience.toSeconds()
                                + " s; what it has is left there ("
                                + inventory.entries().size()
                                + " objects)"
                        : "Unable to prune objects: the cluster does not answer; it is asked again";
        announcer.warning(object, attempt(delivery, object), Reason.PRUNE_FAILED, message);
        return givenUp;
    }

    /** False where something could not be deleted and is tried again. */
    private boolean prune(
            Delivery delivery, Cluster cluster, Inventory inventory, DeletionPlan plan)
            throws KubernetesException {
        Kustomization object = Objects.requireNonNull(delivery.object());
        Owner owner = Owner.kustomization(delivery.id().namespace(), delivery.id().name());
        Prune prune = new Prune(cluster);
        PruneReport report = prune.run(inventory, owner);
        Attempt attempt = attempt(delivery, object);
        if (!report.succeeded()) {
            announcer.warning(object, attempt, Reason.PRUNE_FAILED, report.message());
            return false;
        }
        List<String> deleted =
                report
                        .changes(
                                AppliedState.seen(
                                        object.status(), AppliedState.objects(delivery.applied())))
                        .stream()
                        .map(ObjectChange::object)
                        .toList();
        if (!deleted.isEmpty()) {
            announcer.info(
                    object, attempt, Reason.RECONCILIATION_SUCCEEDED, EventText.deleted(deleted));
            outlets.outcome(
                    new DeliveryPruned(delivery.id(), attempt.position(), deleted, WHY), null);
        }
        if (plan == DeletionPlan.PRUNE_AND_WAIT) {
            prune.awaitGone(
                    only(inventory, report.deleted()),
                    Budget.of(object.spec()).timeout().toDuration());
        }
        return true;
    }

    private static Inventory only(Inventory all, List<ObjectId> ids) {
        SortedMap<ObjectId, String> entries = new TreeMap<>(all.entries());
        entries.keySet().retainAll(ids);
        return new Inventory(entries);
    }

    /** Empty where there is no way to the objects any more: they are left, as in Flux. */
    private Optional<Cluster> cluster(Kustomization object) throws KubernetesException {
        try {
            Optional<String> account = sessions.serviceAccount(object);
            Cluster own = sessions.own();
            if (object.spec().kubeConfig() == null
                    && account.isPresent()
                    && own.metadata(
                                    own.resource("v1", "ServiceAccount"),
                                    object.metadata().namespace(),
                                    account.get())
                            .isEmpty()) {
                announcer.warning(
                        object,
                        attempt(object),
                        Reason.PRUNE_FAILED,
                        "Unable to prune objects: ServiceAccount '"
                                + account.get()
                                + "' was not found");
                return Optional.empty();
            }
            return Optional.of(sessions.of(object));
        } catch (TargetException e) {
            announcer.warning(
                    object,
                    attempt(object),
                    Reason.PRUNE_FAILED,
                    "Unable to prune objects: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Attempt attempt(Delivery delivery, Kustomization object) {
        DeliveryApplied applied = delivery.applied();
        return applied == null
                ? attempt(object)
                : new Attempt(applied.position(), applied.source(), null, Budget.of(object.spec()));
    }

    private static Attempt attempt(Kustomization object) {
        Position position =
                new Position(object.metadata().uid(), object.metadata().generation(), 0, 0);
        return new Attempt(position, null, null, Budget.of(object.spec()));
    }
}
