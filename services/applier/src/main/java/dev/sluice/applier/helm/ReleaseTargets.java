package dev.sluice.applier.helm;

import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;

/** Where releases are made, and in whose name. A port to the applier's own sessions. */
public interface ReleaseTargets {

    /** The target cannot be used; the message tells why. */
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unusable(String message) {
            super(message);
        }
    }

    /** The session with the cluster that has the HelmReleases, in our own name. */
    Cluster own();

    Cluster of(HelmRelease object) throws Unusable, KubernetesException;
}
