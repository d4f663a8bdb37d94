package dev.sluice.decryptor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.sops.kms.KeyServiceException;
import dev.sluice.sops.kms.WorkloadIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads named objects from the cluster, whole, at the moment that they are needed. */
final class ClusterInputs implements InputReader {

    /** The shortest that an API server issues. */
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(10);

    private final Cluster cluster;

    ClusterInputs(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<Map<String, byte[]>> read(NamedObject object) throws KubernetesException {
        return cluster.get(object.resource(), object.namespace(), object.name())
                .map(tree -> entries(tree.path("data"), object.kind().equals(NamedObject.SECRET)));
    }

    @Override
    public Optional<WorkloadIdentity> identity(NamedObject account) throws KubernetesException {
        return cluster.get(account.resource(), account.namespace(), account.name())
                .map(tree ->
                        new WorkloadIdentity.ServiceAccount(
                                account.namespace(),
                                account.name(),
                                texts(tree.at("/metadata/annotations")),
                                audience -> token(account, audience)));
    }

    private String token(NamedObject account, String audience) throws KeyServiceException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        ObjectNode spec = request.putObject("spec");
        spec.putArray("audiences").add(audience);
        spec.put("expirationSeconds", TOKEN_LIFETIME.toSeconds());
        String path = account.resource().path(account.namespace(), account.name()) + "/token";
        try {
            return cluster.send(ApiRequest.post(path, request.toString()))
                    .object()
                    .at("/status/token")
                    .asText();
        } catch (KubernetesException e) {
            throw new KeyServiceException(
                    "the cluster issues no token for " + account.display() + ": " + e.getMessage(),
                    e.failure().sort().passing());
        }
    }

    private static Map<String, String> texts(JsonNode map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
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
