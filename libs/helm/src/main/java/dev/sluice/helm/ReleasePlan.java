package dev.sluice.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.helm.values.Values;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a HelmRelease wants in the cluster, as the one object of its bundle: a chart and values. The
 * stages hand it on as they hand on the objects of a Kustomization; nothing of this kind is ever
 * applied. Values may be secret, so {@link #toString} tells the chart only.
 *
 * @param artifact digest of the packaged chart in the artifact store
 * @param revision of the chart's source
 * @param oci where the chart came as an OCI artifact
 * @param values plain ones from the renderer, complete ones from the decryptor
 * @param wholeNumbers JSON pointers of values that are whole numbers to Go, and not floats
 */
public record ReleasePlan(
        String artifact,
        String revision,
        @Nullable Oci oci,
        ObjectNode values,
        List<String> wholeNumbers) {

    public ReleasePlan {
        wholeNumbers = List.copyOf(wholeNumbers);
    }

    /** A plan with values that were read from texts only. */
    public ReleasePlan(String artifact, String revision, @Nullable Oci oci, ObjectNode values) {
        this(artifact, revision, oci, values, List.of());
    }

    private static final String API_VERSION = "helm.sluice.dev/v1";
    private static final String KIND = "ReleasePlan";
    private static final int SHORT_DIGEST = 12;

    /**
     * An OCI artifact.
     *
     * @param tag that it was found by; empty where by digest
     * @param digest {@code sha256:...} of its manifest
     */
    public record Oci(String tag, String digest) {

        /** What the version of the chart is marked with, so that a tag that moved is seen. */
        public String buildMetadata() {
            String hex = digest.substring(digest.indexOf(':') + 1);
            return hex.substring(0, Math.min(SHORT_DIGEST, hex.length()));
        }

        /** Of a revision such as {@code 1.0.0@sha256:...}; empty where it holds no digest. */
        public static Optional<Oci> of(String revision) {
            int at = revision.lastIndexOf('@');
            String digest = revision.substring(at + 1);
            return digest.startsWith("sha256:")
                    ? Optional.of(new Oci(at < 0 ? "" : revision.substring(0, at), digest))
                    : Optional.empty();
        }
    }

    /** The plan with other values. */
    public ReleasePlan with(ObjectNode other) {
        return new ReleasePlan(artifact, revision, oci, other, Values.wholeNumbers(other));
    }

    /** As the object of a bundle. */
    public KubernetesObject toObject(String namespace, String name) throws InvalidObjectException {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", API_VERSION).put("kind", KIND);
        tree.putObject("metadata").put("namespace", namespace).put("name", name);
        ObjectNode chart = tree.putObject("chart");
        chart.put("artifact", artifact).put("revision", revision);
        if (oci != null) {
            chart.putObject("oci").put("tag", oci.tag()).put("digest", oci.digest());
        }
        tree.set("values", values);
        if (!wholeNumbers.isEmpty()) {
            ArrayNode pointers = tree.putArray("wholeNumbers");
            wholeNumbers.forEach(pointers::add);
        }
        return KubernetesObject.of(tree);
    }

    /**
     * Reads what {@link #toObject} made.
     *
     * @throws InvalidObjectException where the object is something else
     */
    public static ReleasePlan of(KubernetesObject object) throws InvalidObjectException {
        JsonNode chart = object.tree().path("chart");
        JsonNode values = object.tree().path("values");
        if (!object.kind().equals(KIND)
                || !object.apiVersion().equals(API_VERSION)
                || !(values instanceof ObjectNode map)) {
            throw new InvalidObjectException("the bundle holds no release plan");
        }
        JsonNode oci = chart.path("oci");
        List<String> wholeNumbers = new ArrayList<>();
        object.tree().path("wholeNumbers").forEach(pointer -> wholeNumbers.add(pointer.asText()));
        return new ReleasePlan(
                chart.path("artifact").asText(),
                chart.path("revision").asText(),
                oci.isMissingNode()
                        ? null
                        : new Oci(oci.path("tag").asText(), oci.path("digest").asText()),
                map,
                wholeNumbers);
    }

    @Override
    public String toString() {
        return "the chart " + revision;
    }
}
