package dev.sluice.applier;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DriftDetected;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.target.TargetException;
import java.util.Optional;

/** What a {@link DriftPatrol} sees to: the deliveries of one kind that this process works on. */
interface Beat {

    /** The label that every object of such a delivery carries. */
    String ownerLabel();

    /**
     * The cluster that has the objects of a delivery; empty where their drift is nobody's concern
     * now.
     *
     * @throws TargetException where there is no way to it
     */
    Optional<Cluster> cluster(DeliveryApplied record) throws TargetException, KubernetesException;

    /** Whether a switch on the object says that it is not ours to change. */
    boolean leftAlone(ObjectMeta meta);

    /** The digest of the fields of an object that are the delivery's; empty where none are. */
    String owned(ObjectMeta meta);

    /** Has drift put right, or told, as the delivery says. */
    void report(DriftDetected drift);
}
