package dev.sluice.applier;

import dev.sluice.applier.drift.DriftInbox;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.FieldOwner;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.target.TargetException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Kustomizations, which are not suspended. */
final class KustomizationBeat implements Beat {

    private final ClusterSessions clusters;
    private final Function<DeliveryId, @Nullable Kustomization> objects;
    private final DriftInbox inbox;
    private final Consumer<DeliveryId> wake;

    /**
     * @param objects those that this process works on
     * @param wake told of each delivery whose objects drifted
     */
    KustomizationBeat(
            ClusterSessions clusters,
            Function<DeliveryId, @Nullable Kustomization> objects,
            DriftInbox inbox,
            Consumer<DeliveryId> wake) {
        this.clusters = clusters;
        this.objects = objects;
        this.inbox = inbox;
        this.wake = wake;
    }

    @Override
    public String ownerLabel() {
        return Labels.KUSTOMIZATION_NAME;
    }

    @Override
    public Optional<Cluster> cluster(DeliveryApplied record)
            throws TargetException, KubernetesException {
        Kustomization object = objects.apply(record.delivery());
        return object == null
                        || object.spec().suspend()
                        || !object.metadata().uid().equals(record.position().uid())
                ? Optional.empty()
                : Optional.of(
                        clusters.inOurName(
                                object.metadata().namespace(), object.spec().kubeConfig()));
    }

    /** Whoever applies it finds out. */
    @Override
    public boolean leftAlone(ObjectMeta meta) {
        return false;
    }

    @Override
    public String owned(ObjectMeta meta) {
        return meta.appliedBy(Labels.KUSTOMIZE_MANAGER).map(FieldOwner::digest).orElse("");
    }

    @Override
    public void report(DriftDetected drift) {
        inbox.add(drift);
        wake.accept(drift.delivery());
    }
}
