package dev.sluice.kubernetes.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.manifests.KubernetesObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings objects into the form in which Flux sends them. Flux reads objects of built-in kinds into
 * typed values and writes them again before it applies them; this does the same with the types that
 * the API server tells of. What such a client could not read stays raw, so that the server refuses
 * it with its own words.
 *
 * <p>One per cluster: it keeps the types of each group version that it has asked for.
 */
public final class Normaliser {

    /** The groups of the kinds that typed clients know; rules of access are not read typed. */
    private static final Set<String> TYPED_GROUPS =
            Set.of(
                    "",
                    "admissionregistration.k8s.io",
                    "apps",
                    "autoscaling",
                    "batch",
                    "certificates.k8s.io",
                    "coordination.k8s.io",
                    "discovery.k8s.io",
                    "events.k8s.io",
                    "flowcontrol.apiserver.k8s.io",
                    "networking.k8s.io",
                    "node.k8s.io",
                    "policy",
                    "rbac.authorization.k8s.io",
                    "resource.k8s.io",
                    "scheduling.k8s.io",
                    "storage.k8s.io");

    private static final Set<String> UNTYPED_KINDS = Set.of("Role", "ClusterRole");
    private static final String DEFINITION = "CustomResourceDefinition";

    /** Only the server sets these; from a manifest they would be refused or mislead. */
    private static final List<String> SERVER_SET =
            List.of(
                    "managedFields",
                    "resourceVersion",
                    "uid",
                    "creationTimestamp",
                    "generation",
                    "selfLink");

    private final Cluster cluster;
    private final Map<String, SchemaDocument> documents = new ConcurrentHashMap<>();

    /**
     * @param cluster whose types count
     */
    public Normaliser(Cluster cluster) {
        this.cluster = cluster;
    }

    /** A normalised copy. */
    public KubernetesObject normalise(KubernetesObject object) throws KubernetesException {
        KubernetesObject copy = object.copy();
        if (TYPED_GROUPS.contains(copy.group()) && !UNTYPED_KINDS.contains(copy.kind())) {
            roundTrip(copy);
        }
        if (copy.tree().get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(SERVER_SET);
        }
        if (copy.kind().equals(DEFINITION)) {
            dropEmptyAuthority(copy);
        } else {
            copy.tree().remove("status");
        }
        return copy;
    }

    private void roundTrip(KubernetesObject object) throws KubernetesException {
        SchemaDocument types = types(object);
        SchemaType type = types.kind(object.kind());
        if (type == null) {
            return;
        }
        try {
            JsonNode pruned = new Pruner(types).prune(object.tree(), type);
            if (pruned instanceof ObjectNode read) {
                if (object.group().isEmpty() && object.kind().equals("Secret")) {
                    foldTexts(read);
                }
                object.tree().removeAll();
                object.tree().setAll(read);
            }
        } catch (Pruner.MismatchException e) {
            // Stays raw: the server says what is wrong better than this could.
        }
    }

    private SchemaDocument types(KubernetesObject object) throws KubernetesException {
        SchemaDocument known = documents.get(object.apiVersion());
        if (known != null) {
            return known;
        }
        String path = (object.group().isEmpty() ? "/openapi/v3/api/" : "/openapi/v3/apis/");
        SchemaDocument read;
        try {
            ObjectNode document = cluster.send(ApiRequest.get(path + object.apiVersion())).object();
            read = SchemaDocument.of(document, object.group(), object.version());
        } catch (KubernetesException e) {
            if (!e.is(KubernetesFailure.Sort.NOT_FOUND)
                    && !e.is(KubernetesFailure.Sort.FORBIDDEN)) {
                throw e;
            }
            read = new SchemaDocument(Map.of(), Map.of());
        }
        documents.put(object.apiVersion(), read);
        return read;
    }

    private static void foldTexts(ObjectNode secret) {
        if (!(secret.remove("stringData") instanceof ObjectNode texts)) {
            return;
        }
        ObjectNode data =
                secret.get("data") instanceof ObjectNode known ? known : secret.putObject("data");
        for (Map.Entry<String, JsonNode> e : texts.properties()) {
            byte[] bytes = e.getValue().asText().getBytes(StandardCharsets.UTF_8);
            data.put(e.getKey(), Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** Some definitions come with a placeholder for an authority, which the server refuses. */
    private static void dropEmptyAuthority(KubernetesObject definition) {
        JsonNode client =
                definition
                        .tree()
                        .path("spec")
                        .path("conversion")
                        .path("webhook")
                        .path("clientConfig");
        if (client instanceof ObjectNode config && config.has("caBundle") && !pem(config)) {
            config.remove("caBundle");
        }
    }

    private static boolean pem(ObjectNode config) {
        try {
            byte[] bytes = Base64.getDecoder().decode(config.path("caBundle").asText());
            return new String(bytes, StandardCharsets.UTF_8).contains("-----BEGIN CERTIFICATE");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
