package dev.sluice.drift;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryId;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.watch.ObjectWatch;
import dev.sluice.kubernetes.watch.Selection;
import dev.sluice.manifests.ObjectId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that holds the Kustomizations, and what the watches of it tell. Objects of deliveries
 * with a kubeConfig are in another cluster, and are not judged here.
 */
final class LocalCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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

    private final Cluster cluster;
    private final LiveObjects objects;
    private final KindWatches watches;
    private final Deliveries deliveries;
    private final Detector detector;
    private @Nullable ObjectWatch kustomizations;

    /**
     * @param name of the cluster in keys of deliveries
     */
    LocalCluster(Cluster cluster, String name, Clock clock, Wake wake) {
        this.cluster = cluster;
        this.objects = new LiveObjects(wake::object);
        this.watches = new KindWatches(cluster, objects, wake::kind);
        this.deliveries = new Deliveries(name, wake.delivery());
        this.detector =
                new Detector(
                        wake.expectations(),
                        objects,
                        (id, version) -> objects.looked(id, watches.look(id, version)),
                        new Restraint(clock),
                        clock);
    }

    /** Starts to watch the Kustomizations, and waits until all have been seen. */
    void start() {
        try {
            kustomizations =
                    ObjectWatch.start(
                            cluster,
                            Selection.all(
                                    cluster.resource(
                                            "kustomize.toolkit.fluxcd.io/v1", Deliveries.KIND)),
                            deliveries);
            if (!kustomizations.awaitListed(PATIENCE)) {
                throw new IllegalStateException(
                        "the Kustomizations could not be listed within "
                                + PATIENCE.toSeconds()
                                + " s");
            }
        } catch (KubernetesException e) {
            throw new IllegalStateException(
                    "the Kustomizations cannot be watched: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True where drift of a delivery's objects is to be told. */
    boolean judges(DeliveryId id) {
        Terms terms = deliveries.terms(id);
        return id.kind().equals(Deliveries.KIND)
                && terms != null
                && !terms.remote()
                && terms.judged();
    }

    /** Watches every kind that a delivery has objects of. */
    void follow(Expectations.Delivery delivery) throws KubernetesException {
        for (Map.Entry<ObjectId, AppliedObject> e : Detector.watched(delivery).entrySet()) {
            watches.follow(e.getKey(), e.getValue().version());
        }
    }

    Detector.Findings judge(DeliveryId id) {
        return detector.judge(id);
    }

    @Override
    public void close() {
        ObjectWatch running = kustomizations;
        if (running != null) {
            running.close();
        }
        watches.close();
    }
}
