package dev.sluice.drift;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryId;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.ObjectId;
import java.time.Clock;
import java.util.Map;

/**
 * One cluster with the objects of one family of deliveries, what its watches tell, and the judging
 * of both.
 */
final class TargetCluster implements AutoCloseable {

    private final LiveObjects objects;
    private final KindWatches watches;
    private final Detector detector;

    TargetCluster(Family family, Cluster cluster, Clock clock, WatchedClusters.Wake wake) {
        this.objects = new LiveObjects(family, wake::object);
        this.watches = new KindWatches(cluster, family.ownerLabel(), objects, wake::kind);
        this.detector =
                new Detector(
                        wake.expectations(),
                        objects,
                        (id, version) -> objects.looked(id, watches.look(id, version)),
                        new Restraint(clock),
                        clock);
    }

    /** Watches every kind that a delivery has objects of. */
    void follow(Expectations.Delivery delivery) throws KubernetesException {
        for (Map.Entry<ObjectId, AppliedObject> e : Detector.watched(delivery).entrySet()) {
            watches.follow(e.getKey(), e.getValue().version());
        }
    }

    Detector.Findings judge(DeliveryId id, Terms terms) {
        return detector.judge(id, terms);
    }

    @Override
    public void close() {
        watches.close();
    }
}
