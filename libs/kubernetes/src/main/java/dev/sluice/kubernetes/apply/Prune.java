package dev.sluice.kubernetes.apply;

import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.watch.ObjectWait;
import dev.sluice.manifests.ObjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes what a delivery no longer wants: in reverse order, in the background, and only objects
 * that still carry its owner labels and no switch that keeps them.
 */
public final class Prune {

    private final Cluster cluster;

    public Prune(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What became of one object. */
    private enum End {
        DELETED,
        ABSENT,
        KEPT
    }

    /** Prunes; what fails is in the report. An object that is gone already counts as deleted. */
    public PruneReport run(Inventory stale, Owner owner) {
        List<ObjectId> deleted = new ArrayList<>();
        Set<ObjectId> absent = new HashSet<>();
        List<ObjectId> kept = new ArrayList<>();
        Map<ObjectId, KubernetesFailure> failed = new LinkedHashMap<>();
        for (ObjectId id : stale.pruneOrder()) {
            try {
                End end = prune(id, stale.version(id), owner);
                (end == End.KEPT ? kept : deleted).add(id);
                if (end == End.ABSENT) {
                    absent.add(id);
                }
            } catch (KubernetesException e) {
                failed.put(id, e.failure());
            }
        }
        return new PruneReport(deleted, absent, kept, failed);
    }

    /**
     * Waits until objects are gone.
     *
     * @return those that are still there when the time is up
     */
    public List<ObjectId> awaitGone(Inventory pruned, Duration limit) throws KubernetesException {
        long end = System.nanoTime() + limit.toNanos();
        List<ObjectId> left = new ArrayList<>();
        for (ObjectId id : pruned.pruneOrder()) {
            Optional<ResourceKind> kind = kind(id, pruned.version(id));
            Duration rest = Duration.ofNanos(end - System.nanoTime());
            if (kind.isPresent() && !isGone(kind.get(), id, rest)) {
                left.add(id);
            }
        }
        return left;
    }

    /**
     * Once the time is up for all, each of the others is still looked at: it may be gone long
     * since.
     */
    private boolean isGone(ResourceKind kind, ObjectId id, Duration rest)
            throws KubernetesException {
        if (!rest.isPositive()) {
            return cluster.metadata(kind, id.namespace(), id.name()).isEmpty();
        }
        return new ObjectWait(cluster)
                .until(kind, id.namespace(), id.name(), Optional::isEmpty, rest);
    }

    private End prune(ObjectId id, String version, Owner owner) throws KubernetesException {
        Optional<ResourceKind> kind = kind(id, version);
        if (kind.isEmpty()) {
            return End.ABSENT;
        }
        Optional<ObjectMeta> live = cluster.metadata(kind.get(), id.namespace(), id.name());
        if (live.isEmpty()) {
            return End.ABSENT;
        }
        if (!owner.owns(live.get()) || Switches.of(owner, live.get()).neverPrune()) {
            return End.KEPT;
        }
        if (!live.get().deleting()) {
            Deletion.send(cluster, kind.get(), id, live.get().uid());
        }
        return End.DELETED;
    }

    /** A kind that is no longer served has no objects: its definition took them along. */
    private Optional<ResourceKind> kind(ObjectId id, String version) throws KubernetesException {
        return cluster.resourceInAnyVersion(id.group(), version, id.kind());
    }
}
