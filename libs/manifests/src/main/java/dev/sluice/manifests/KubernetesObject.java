package dev.sluice.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes object as a tree that has an apiVersion, a kind and a name. It owns its tree:
 * whoever makes one from a shared tree copies it first. May hold secret values, so {@link
 * #toString} tells the id only.
 */
public final class KubernetesObject {

    private final ObjectNode tree;

    private KubernetesObject(ObjectNode tree) {
        this.tree = tree;
    }

    /**
     * @param tree is kept, not copied
     * @throws InvalidObjectException where apiVersion, kind or metadata.name is missing or no text
     */
    public static KubernetesObject of(ObjectNode tree) throws InvalidObjectException {
        KubernetesObject object = new KubernetesObject(tree);
        String told = object.kind().isEmpty() ? "an object" : object.kind() + '/' + object.name();
        if (object.apiVersion().isEmpty()) {
            throw new InvalidObjectException(told + " has no apiVersion");
        }
        if (object.kind().isEmpty()) {
            throw new InvalidObjectException("an object has no kind: " + object.name());
        }
        if (object.name().isEmpty()) {
            throw new InvalidObjectException(object.kind() + " without metadata.name");
        }
        return object;
    }

    public ObjectNode tree() {
        return tree;
    }

    public KubernetesObject copy() {
        return new KubernetesObject(tree.deepCopy());
    }

    public String apiVersion() {
        return text(tree.get("apiVersion"));
    }

    public String kind() {
        return text(tree.get("kind"));
    }

    /** Empty for the core group. */
    public String group() {
        String apiVersion = apiVersion();
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** The version without its group. */
    public String version() {
        String apiVersion = apiVersion();
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    public String name() {
        return text(tree.path("metadata").get("name"));
    }

    /** Empty where the object names none. */
    public String namespace() {
        return text(tree.path("metadata").get("namespace"));
    }

    public ObjectId id() {
        return new ObjectId(group(), kind(), namespace(), name());
    }

    /** The labels that are text, in their order. */
    public Map<String, String> labels() {
        return texts("labels");
    }

    /** The annotations that are text, in their order. */
    public Map<String, String> annotations() {
        return texts("annotations");
    }

    public void putLabel(String key, String value) {
        metadata("labels").put(key, value);
    }

    public void putAnnotation(String key, String value) {
        metadata("annotations").put(key, value);
    }

    private ObjectNode metadata(String field) {
        ObjectNode metadata = (ObjectNode) tree.get("metadata");
        return metadata.get(field) instanceof ObjectNode known ? known : metadata.putObject(field);
    }

    private Map<String, String> texts(String field) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> e : tree.path("metadata").path(field).properties()) {
            if (e.getValue().isTextual()) {
                all.put(e.getKey(), e.getValue().textValue());
            }
        }
        return all;
    }

    private static String text(@Nullable JsonNode node) {
        return node != null && node.isTextual() ? node.textValue() : "";
    }

    @Override
    public String toString() {
        return id().toString();
    }
}
