package dev.sluice.applier;

import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.sealing.KeyNames;
import dev.sluice.manifests.sealing.VerifyingKey;
import java.util.List;

/** The ConfigMap with the public halves of the services' keys. */
record PublishedKeys(Cluster cluster, String namespace) {

    /** The keys whose signature counts; none before the decryptor has published one. */
    List<VerifyingKey> verifyingKeys() throws KubernetesException {
        return VerifyingKey.parseAll(
                cluster.get(
                                cluster.resource("v1", "ConfigMap"),
                                namespace,
                                KeyNames.PUBLIC_CONFIG_MAP)
                        .map(map -> map.path("data").path(KeyNames.VERIFYING_KEY).asText())
                        .orElse(""));
    }
}
