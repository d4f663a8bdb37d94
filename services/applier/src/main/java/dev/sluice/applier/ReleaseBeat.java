package dev.sluice.applier;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Conditions;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.DriftDetection;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.FieldOwner;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.target.TargetException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * HelmReleases that are ready and want drift put right. One that lets others change fields is left
 * to the detector, which compares field by field.
 */
final class ReleaseBeat implements Beat {

    private static final String SWITCH = Groups.HELM + "/driftDetection";

    private final ClusterSessions clusters;
    private final Function<DeliveryId, @Nullable HelmRelease> releases;
    private final Consumer<DriftDetected> drifted;

    /**
     * @param releases those that this process works on
     * @param drifted takes what drifted
     */
    ReleaseBeat(
            ClusterSessions clusters,
            Function<DeliveryId, @Nullable HelmRelease> releases,
            Consumer<DriftDetected> drifted) {
        this.clusters = clusters;
        this.releases = releases;
        this.drifted = drifted;
    }

    @Override
    public String ownerLabel() {
        return Labels.HELM_RELEASE_NAME;
    }

    @Override
    public Optional<Cluster> cluster(DeliveryApplied record)
            throws TargetException, KubernetesException {
        HelmRelease release = releases.apply(record.delivery());
        return release == null
                        || !release.metadata().uid().equals(record.position().uid())
                        || !wantsIt(release)
                ? Optional.empty()
                : Optional.of(
                        clusters.inOurName(
                                release.metadata().namespace(), release.spec().kubeConfig()));
    }

    /** While Helm is at work, or has failed, the objects are not what was recorded. */
    private static boolean wantsIt(HelmRelease release) {
        DriftDetection detection = release.spec().driftDetection();
        return detection != null
                && "enabled".equals(detection.mode())
                && detection.ignore().isEmpty()
                && !release.spec().suspend()
                && !release.metadata().isDeleted()
                && release.status() != null
                && new Conditions(release.status().conditions()).isTrue(ConditionTypes.READY);
    }

    @Override
    public boolean leftAlone(ObjectMeta meta) {
        return "disabled".equalsIgnoreCase(meta.labels().get(SWITCH))
                || "disabled".equalsIgnoreCase(meta.annotations().get(SWITCH));
    }

    @Override
    public String owned(ObjectMeta meta) {
        return meta.ownedBy(Labels.HELM_MANAGER, Set.of(Labels.HELM_PROGRAM_MANAGER))
                .map(FieldOwner::digest)
                .orElse("");
    }

    @Override
    public void report(DriftDetected drift) {
        drifted.accept(drift);
    }
}
