package dev.sluice.applier.helm;

import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus;
import dev.sluice.kubernetes.KubernetesException;
import java.util.Map;

/** Where a run tells what it does. A port: the cluster in production. */
public interface ReleaseReports {

    /** Brings the object's status to that. */
    void status(HelmRelease object, HelmReleaseStatus status) throws KubernetesException;

    /**
     * A Kubernetes Event.
     *
     * @param marks annotations, without the group's prefix
     */
    void event(
            HelmRelease object,
            boolean warning,
            String reason,
            String message,
            Map<String, String> marks);
}
