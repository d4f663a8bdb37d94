package dev.sluice.kubernetes.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.KubernetesObject;
import java.util.List;

/** Brings objects of built-in kinds into the form in which Flux sends them. */
public final class Normaliser {

    /** Only the server sets these; from a manifest they would be refused or mislead. */
    private static final List<String> SERVER_SET =
            List.of(
                    "managedFields",
                    "resourceVersion",
                    "uid",
                    "creationTimestamp",
                    "generation",
                    "selfLink");

    /**
     * @param cluster whose schemas count
     */
    public Normaliser(Cluster cluster) {}

    /** A normalised copy. */
    public KubernetesObject normalise(KubernetesObject object) throws KubernetesException {
        KubernetesObject copy = object.copy();
        if (copy.tree().get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(SERVER_SET);
        }
        if (!copy.kind().equals("CustomResourceDefinition")) {
            copy.tree().remove("status");
        }
        return copy;
    }
}
