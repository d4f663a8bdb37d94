package dev.sluice.applier;

import dev.sluice.events.DeliveryId;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import dev.sluice.kubernetes.apply.ApplyReport;
import dev.sluice.kubernetes.apply.ObjectResult;
import dev.sluice.kubernetes.watch.KindArrival;
import dev.sluice.manifests.ObjectId;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deliveries that failed because their cluster does not know a kind yet. As soon as a definition
 * makes it known they are tried again, whatever their retry interval. Safe for use by many threads.
 */
final class LackingKinds {

    private static final Logger LOG = LoggerFactory.getLogger(LackingKinds.class);

    private final Consumer<DeliveryId> wake;
    private final Set<DeliveryId> served = ConcurrentHashMap.newKeySet();
    private final Set<Lack> lacks = ConcurrentHashMap.newKeySet();

    private record Lack(DeliveryId id, KindArrival.Kind kind, KindArrival at) {}

    /**
     * @param wake told of each delivery that need not wait any longer
     */
    LackingKinds(Consumer<DeliveryId> wake) {
        this.wake = wake;
    }

    /** Takes note of the kinds that an apply did not find. */
    void lacking(DeliveryId id, Cluster cluster, ApplyReport report) {
        Set<KindArrival.Kind> kinds = new HashSet<>();
        for (ObjectResult.Failed failed : report.failures()) {
            if (failed.failure().sort() == Sort.NO_MATCH) {
                ObjectId object = failed.id();
                kinds.add(new KindArrival.Kind(object.group(), failed.version(), object.kind()));
            }
        }
        if (!kinds.isEmpty()) {
            KindArrival at = cluster.once(KindArrival.class, KindArrival::new);
            kinds.forEach(kind -> await(new Lack(id, kind, at)));
        }
    }

    /** Whether something that the delivery lacked has come since; true once. */
    boolean takeServed(DeliveryId id) {
        return served.remove(id);
    }

    private void await(Lack lack) {
        if (!lacks.add(lack)) {
            return;
        }
        try {
            lack.at.await(lack.kind, () -> arrived(lack));
        } catch (KubernetesException e) {
            lacks.remove(lack);
            LOG.debug("the definitions cannot be watched: {}", e.getMessage());
        }
    }

    private void arrived(Lack lack) {
        lacks.remove(lack);
        served.add(lack.id);
        wake.accept(lack.id);
    }
}
