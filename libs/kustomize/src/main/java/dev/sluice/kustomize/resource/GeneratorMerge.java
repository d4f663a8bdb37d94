package dev.sluice.kustomize.resource;

import dev.sluice.kustomize.api.BuildException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Joins a resource with the one that it takes the place of. */
public final class GeneratorMerge {

    private static final String ORIGIN = "config.kubernetes.io/origin";

    private GeneratorMerge() {}

    /**
     * Makes a generated resource what it is beside an older one of the same id.
     *
     * @param withData the older one's data stays where the generated one has none of that key
     */
    static void join(Resource generated, Resource old, boolean withData) throws BuildException {
        String origin = Meta.annotation(old.node(), ORIGIN);
        inheritMetadata(generated, old);
        if (!withData) {
            return;
        }
        boolean secret =
                Meta.apiVersion(generated.node()).equals("v1") && generated.kind().equals("Secret");
        Map<String, String> oldData =
                secret ? DataFields.secretTexts(old.node()) : DataFields.texts(old.node(), "data");
        DataFields.setTexts(
                generated.node(),
                "data",
                merge(oldData, DataFields.texts(generated.node(), "data")));
        DataFields.setTexts(
                generated.node(),
                "binaryData",
                merge(
                        DataFields.texts(old.node(), "binaryData"),
                        DataFields.texts(generated.node(), "binaryData")));
        if (origin != null) {
            Map<String, String> annotations = Meta.annotations(generated.node());
            annotations.put(ORIGIN, origin);
            Meta.setAnnotations(generated.node(), annotations);
        }
    }

    /**
     * Takes over name, namespace and history; labels and annotations that it does not have itself
     * are added.
     */
    public static void inheritMetadata(Resource resource, Resource other) throws BuildException {
        Meta.setLabels(
                resource.node(), merge(Meta.labels(other.node()), Meta.labels(resource.node())));
        Meta.setAnnotations(
                resource.node(),
                merge(Meta.annotations(other.node()), Meta.annotations(resource.node())));
        Meta.setName(resource.node(), other.name());
        Meta.setNamespace(resource.node(), other.namespace());
        resource.inheritMarks(other);
    }

    /** An id as the messages about generators show it. */
    static String describe(ResId id) {
        return "id resid.ResId{Gvk:resid.Gvk{Group:\""
                + id.gvk().group()
                + "\", Version:\""
                + id.gvk().version()
                + "\", Kind:\""
                + id.gvk().kind()
                + "\", isClusterScoped:"
                + id.clusterScoped()
                + "}, Name:\""
                + id.name()
                + "\", Namespace:\""
                + id.namespace()
                + "\"}";
    }

    private static Map<String, String> merge(Map<String, String> below, Map<String, String> above) {
        Map<String, String> merged = new LinkedHashMap<>(below);
        merged.putAll(above);
        return merged;
    }
}
