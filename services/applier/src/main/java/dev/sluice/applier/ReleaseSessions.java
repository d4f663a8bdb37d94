package dev.sluice.applier;

import dev.sluice.applier.helm.ReleaseTargets;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.target.TargetException;

/** Where releases go, and as whom: the sessions that Kustomizations have, too. */
record ReleaseSessions(ClusterSessions sessions) implements ReleaseTargets {

    @Override
    public Cluster own() {
        return sessions.own();
    }

    @Override
    public Cluster of(HelmRelease object) throws Unusable, KubernetesException {
        try {
            return sessions.of(
                    object.metadata().namespace(),
                    object.spec().kubeConfig(),
                    object.spec().serviceAccountName());
        } catch (TargetException e) {
            throw new Unusable(String.valueOf(e.getMessage()));
        }
    }
}
