package dev.sluice.drift;

import dev.sluice.events.DeliveryId;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.target.RemoteClusters;
import dev.sluice.kubernetes.target.RemoteReference;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.manifests.ObjectId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster that holds the deliveries of one family, and those that they lead to by a kubeConfig.
 * Each has watches and a judge of its own. Safe for use by many threads.
 */
final class WatchedClusters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedClusters.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * How what is seen wakes deliveries.
     *
     * @param expectations tells which deliveries an object concerns
     */
    record Wake(Expectations expectations, Consumer<DeliveryId> delivery) {

        void object(ObjectId id) {
            expectations.of(id).forEach(delivery);
        }

        void kind(LiveObjects.Kind kind) {
            for (DeliveryId id : expectations.ids()) {
                Expectations.Delivery known = expectations.get(id);
                if (known != null
                        && known.objects().keySet().stream()
                                .anyMatch(o -> LiveObjects.Kind.of(o).equals(kind))) {
                    delivery.accept(id);
                }
            }
        }
    }

    private final Family family;
    private final Cluster own;
    private final Clock clock;
    private final Wake wake;
    private final Deliveries deliveries;
    private final TargetCluster local;
    private final RemoteClusters sessions;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RemoteReference, RemoteTarget> remotes = new ConcurrentHashMap<>();
    private volatile @Nullable ObjectWatch watch;

    /**
     * @param remotes closed with this
     * @param name of the cluster in keys of deliveries
     */
    WatchedClusters(
            Family family,
            Cluster own,
            RemoteClusters remotes,
            String name,
            Clock clock,
            Wake wake) {
        this.family = family;
        this.own = own;
        this.clock = clock;
        this.wake = wake;
        this.deliveries = new Deliveries(family, name, wake.delivery());
        this.local = new TargetCluster(family, own, clock, wake);
        this.sessions = remotes;
    }

    /** Watches the deliveries, and waits until all have been seen, however long that takes. */
    void start() throws KubernetesException {
        ObjectWatch started =
                ObjectWatch.start(
                        own,
                        Selection.all(own.resource(family.apiVersion(), family.kind())),
                        deliveries);
        watch = started;
        try {
            while (!started.awaitListed(PATIENCE)) {
                LOG.warn("the {}s cannot be listed yet", family.kind());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isWatching() {
        return watch != null;
    }

    /** Why the deliveries are not seen now; empty where they are. */
    Optional<String> trouble() {
        ObjectWatch running = watch;
        return running == null ? Optional.empty() : running.trouble();
    }

    /**
     * Watches every kind that a delivery has objects of, and judges them. Nothing is found where
     * the delivery is not to be judged, or there is no way to its cluster now.
     */
    Optional<Detector.Findings> judge(DeliveryId id, Expectations.Delivery delivery)
            throws KubernetesException {
        Terms terms = deliveries.terms(id);
        if (terms == null || !terms.judged()) {
            return Optional.empty();
        }
        TargetCluster target = terms.remote().isPresent() ? remote(terms.remote().get()) : local;
        if (target == null) {
            return Optional.empty();
        }
        target.follow(delivery);
        return Optional.of(target.judge(id, terms));
    }

    private @Nullable TargetCluster remote(RemoteReference reference) throws KubernetesException {
        RemoteTarget known = remotes.get(reference);
        if (known != null) {
            return known.target();
        }
        lock.lock();
        try {
            known = remotes.get(reference);
            if (known == null) {
                known =
                        new RemoteTarget(
                                reference,
                                sessions,
                                cluster -> new TargetCluster(family, cluster, clock, wake),
                                () -> deliveries.of(reference).forEach(wake.delivery()));
                known.start(own);
                remotes.put(reference, known);
            }
            return known.target();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watches of clusters that no delivery leads to any more. */
    void sweep() {
        for (Map.Entry<RemoteReference, RemoteTarget> e : Map.copyOf(remotes).entrySet()) {
            if (deliveries.of(e.getKey()).isEmpty() && remotes.remove(e.getKey(), e.getValue())) {
                e.getValue().close();
            }
        }
    }

    @Override
    public void close() {
        ObjectWatch running = watch;
        if (running != null) {
            running.close();
        }
        remotes.values().forEach(RemoteTarget::close);
        local.close();
        sessions.close();
    }
}
