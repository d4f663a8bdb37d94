package dev.sluice.decryptor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads named objects from the cluster, whole, at the moment that they are needed. */
final class ClusterInputs implements InputReader {

    private static final ResourceKind SECRETS =
            new ResourceKind("", "v1", "Secret", "secrets", true);
    private static final ResourceKind CONFIG_MAPS =
            new ResourceKind("", "v1", "ConfigMap", "configmaps", true);

    private final Cluster cluster;

    ClusterInputs(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<Map<String, byte[]>> read(NamedObject object) throws KubernetesException {
        boolean secret = object.kind().equals(NamedObject.SECRET);
        Optional<ObjectNode> read =
                cluster.get(secret ? SECRETS : CONFIG_MAPS, object.namespace(), object.name());
        return read.map(tree -> entries(tree.path("data"), secret));
    }

    private static Map<String, byte[]> entries(JsonNode data, boolean encoded) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            String text = entry.getValue().asText();
            entries.put(
                    entry.getKey(),
                    encoded
                            ? Base64.getDecoder().decode(text)
                            : text.getBytes(StandardCharsets.UTF_8));
        }
        return entries;
    }
}
