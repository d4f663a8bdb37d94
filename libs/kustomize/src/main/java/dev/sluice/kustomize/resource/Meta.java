package dev.sluice.kustomize.resource;

import dev.sluice.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes what every Kubernetes object has: type, name, namespace, labels, annotations.
 */
public final class Meta {

    private Meta() {}

    public static String apiVersion(Node object) {
        return raw(object, "apiVersion");
    }

    public static String kind(Node object) {
        return raw(object, "kind");
    }

    public static String name(Node object) {
        return inMetadata(object, "name");
    }

    public static String namespace(Node object) {
        return inMetadata(object, "namespace");
    }

    public static Map<String, String> labels(Node object) {
        return map(object, "labels");
    }

    public static Map<String, String> annotations(Node object) {
        return map(object, "annotations");
    }

    /** One annotation's text; null where it is missing. */
    public static @Nullable String annotation(Node object, String key) {
        Node metadata = metadata(object);
        Node annotations = metadata == null ? null : metadata.get("annotations");
        Node value = annotations == null ? null : annotations.get(key);
        return value == null ? null : value.value();
    }

    /** Whether a node is null, or a collection without content. */
    public static boolean isNullOrEmpty(@Nullable Node node) {
        return node == null
                || node.isNull()
                || (!node.isScalar() && !node.isAlias() && node.isEmpty());
    }

    /** The metadata; null where it is missing, null or empty. */
    public static @Nullable Node metadata(Node object) {
        Node metadata = object.get("metadata");
        return isNullOrEmpty(metadata) ? null : metadata;
    }

    /** Replaces all annotations: as strings, sorted by key; none at all where the map is empty. */
    public static void setAnnotations(Node object, Map<String, String> annotations) {
        setMap(object, "annotations", annotations);
    }

    /** Adds annotations as strings and leaves the others as they are written. */
    public static void addAnnotations(Node object, Map<String, String> annotations) {
        Node metadata = child(object, "metadata");
        Node map = metadata == null ? null : child(metadata, "annotations");
        if (map != null) {
            annotations.forEach((key, value) -> map.put(key, Node.string(value)));
        }
    }

    /** A field that is a mapping, made where there is none; null where it is something else. */
    private static @Nullable Node child(Node object, String field) {
        Node found = object.get(field);
        if (found == null || found.isNull()) {
            found = Node.mapping();
            object.put(field, found);
        }
        return found.isMapping() ? found : null;
    }

    /** Replaces all labels: as strings, sorted by key; none at all where the map is empty. */
    public static void setLabels(Node object, Map<String, String> labels) {
        setMap(object, "labels", labels);
    }

    /**
     * Sets the name; whether it stays a string depends on the style of the one that it replaces.
     */
    public static void setName(Node object, String name) {
        setField(object, "metadata", "name", name);
    }

    /** Sets the namespace, or removes the field where it is empty. */
    public static void setNamespace(Node object, String namespace) {
        if (!namespace.isEmpty()) {
            setField(object, "metadata", "namespace", namespace);
            return;
        }
        Node metadata = object.get("metadata");
        if (metadata != null) {
            metadata.remove("namespace");
        }
    }

    public static void setKind(Node object, String kind) {
        setText(object, "kind", kind);
    }

    public static void setApiVersion(Node object, String apiVersion) {
        setText(object, "apiVersion", apiVersion);
    }

    private static void setField(Node object, String parent, String field, String text) {
        Node map = object.get(parent);
        if (map == null) {
            map = Node.mapping();
            object.add(Node.plain(parent)).add(map);
        }
        if (map.isMapping()) {
            setText(map, field, text);
        }
    }

    private static void setText(Node map, String field, String text) {
        Node existing = map.get(field);
        if (existing == null) {
            map.add(Node.plain(field)).add(Untagged.scalar(text));
        } else {
            Untagged.overwrite(existing, text);
        }
    }

    private static void setMap(Node object, String field, Map<String, String> values) {
        Node metadata = object.get("metadata");
        if (metadata == null) {
            metadata = Node.mapping();
            object.put("metadata", metadata);
        }
        if (!metadata.isMapping()) {
            return;
        }
        metadata.remove(field);
        if (values.isEmpty()) {
            return;
        }
        // Keys are plain on purpose: one that reads as a number is one in the output too, as
        // upstream.
        Node map = Node.mapping();
        new TreeMap<>(values)
                .forEach((key, value) -> map.add(Node.plain(key)).add(Node.string(value)));
        metadata.add(Node.plain(field)).add(map);
    }

    private static String raw(Node object, String field) {
        Node value = object.get(field);
        return value == null ? "" : value.value();
    }

    private static String inMetadata(Node object, String field) {
        Node metadata = metadata(object);
        Node value = metadata == null ? null : metadata.get(field);
        return value == null || isNullOrEmpty(value) ? "" : value.value();
    }

    private static Map<String, String> map(Node object, String field) {
        Map<String, String> result = new LinkedHashMap<>();
        Node metadata = metadata(object);
        Node map = metadata == null ? null : metadata.get(field);
        if (map != null && map.isMapping()) {
            for (int i = 0; i + 1 < map.content().size(); i += 2) {
                result.put(map.content().get(i).value(), map.content().get(i + 1).value());
            }
        }
        return result;
    }
}
