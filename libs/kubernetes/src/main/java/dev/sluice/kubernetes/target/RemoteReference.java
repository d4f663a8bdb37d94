package dev.sluice.kubernetes.target;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a {@code spec.kubeConfig} names: the Secret or ConfigMap, in the object's own namespace,
 * that says how to reach another cluster.
 *
 * @param kind {@code Secret} or {@code ConfigMap}
 * @param key of the Secret; empty for the usual ones
 */
public record RemoteReference(String namespace, String kind, String name, String key) {

    /**
     * @param kubeConfig as in the spec
     * @return empty where nothing is named: the cluster is the object's own
     */
    public static Optional<RemoteReference> of(String namespace, JsonNode kubeConfig) {
        JsonNode secret = kubeConfig.path("secretRef");
        if (secret.isObject()) {
            return Optional.of(
                    new RemoteReference(
                            namespace,
                            "Secret",
                            secret.path("name").asText(),
                            secret.path("key").asText()));
        }
        JsonNode map = kubeConfig.path("configMapRef");
        return map.isObject()
                ? Optional.of(
                        new RemoteReference(namespace, "ConfigMap", map.path("name").asText(), ""))
                : Optional.empty();
    }

    /** As messages name it. */
    String display() {
        return kind + " '" + namespace + '/' + name + "'";
    }
}
