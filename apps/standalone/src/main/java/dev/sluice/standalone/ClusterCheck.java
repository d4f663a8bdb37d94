package dev.sluice.standalone;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until the cluster answers, and sees that it knows the kinds: without them nothing can be
 * read, and nothing be said to be gone.
 */
final class ClusterCheck {

    private static final List<String> GROUPS =
            List.of("source.toolkit.fluxcd.io", "kustomize.toolkit.fluxcd.io");
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private ClusterCheck() {}

    static void await(Config config) throws ConfigurationException {
        try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
            boolean told = false;
            while (true) {
                try {
                    seeKinds(client, config);
                    return;
                } catch (KubernetesClientException e) {
                    refuseIfHopeless(config, e);
                    if (!told) {
                        System.err.println(
                                "sluice: waiting for the API server at "
                                        + config.getMasterUrl()
                                        + ": "
                                        + e.getMessage());
                        told = true;
                    }
                    LockSupport.parkNanos(BETWEEN.toNanos());
                }
            }
        }
    }

    private static void seeKinds(KubernetesClient client, Config config)
            throws ConfigurationException {
        for (String group : GROUPS) {
            if (client.getApiGroup(group) == null) {
                throw new ConfigurationException(
                        "the cluster at "
                                + config.getMasterUrl()
                                + " does not know the kinds of "
                                + group
                                + ": run 'sluice install' first");
            }
        }
    }

    private static void refuseIfHopeless(Config config, KubernetesClientException e)
            throws ConfigurationException {
        if (e.getCode() == UNAUTHORIZED || e.getCode() == FORBIDDEN) {
            throw new ConfigurationException(
                    "the cluster at "
                            + config.getMasterUrl()
                            + " refuses this kubeconfig's credentials ("
                            + e.getCode()
                            + ")");
        }
    }
}
