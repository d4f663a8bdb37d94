package dev.sluice.kustomize.build;

import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a resource came from, or what changed it, as the annotations of {@code buildMetadata} tell.
 *
 * @param path of the file, from the directory of the kustomization that is built; empty where it
 *     was generated
 * @param configuredIn the file that asked for the generator or transformer; empty where there is
 *     none
 * @param configuredBy the generator or transformer; null where there is none
 */
record Origin(String path, String configuredIn, @Nullable Plugin configuredBy) {

    static final String ANNOTATION = "config.kubernetes.io/origin";
    static final String TRANSFORMATIONS = "alpha.config.kubernetes.io/transformations";

    /** A generator or transformer; parts that it does not have are empty. */
    record Plugin(String apiVersion, String kind, String name, String namespace) {}

    static final Origin ROOT = new Origin("", "", null);

    static Origin builtIn(String configuredIn, String kind) {
        return new Origin("", configuredIn, new Plugin("builtin", kind, "", ""));
    }

    /**
     * What a plugin that is configured by a resource makes; null where the resource does not say
     * where it came from.
     */
    static @Nullable Origin ofPlugin(Resource plugin) {
        String written = Meta.annotation(plugin.node(), ANNOTATION);
        if (written == null) {
            return null;
        }
        String path = YamlReader.MANIFEST.read(written).text("path");
        return new Origin(
                "",
                path == null ? "" : path,
                new Plugin(
                        plugin.gvk().apiVersion(),
                        plugin.kind(),
                        plugin.name(),
                        plugin.namespace()));
    }

    /** The origin of what this one's kustomization names. */
    Origin append(String named) {
        return new Origin(join(path, named), configuredIn, configuredBy);
    }

    /** A path cleaned of {@code .} and of {@code ..} that follow a name. */
    static String join(String path, String named) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (path + "/" + named).split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? "." : String.join("/", parts);
    }

    /** Writes the origin onto a resource. */
    void annotate(Resource resource) {
        put(resource, ANNOTATION, PlainYaml.write(toNode()));
    }

    /**
     * Adds this step to what a resource says that changed it; one without an origin was made by
     * this step.
     */
    void addTransformation(Resource resource) {
        if (Meta.annotation(resource.node(), ANNOTATION) == null) {
            annotate(resource);
            return;
        }
        String before = Meta.annotation(resource.node(), TRANSFORMATIONS);
        Node list = before == null ? Node.sequence() : YamlReader.MANIFEST.read(before);
        list.add(toNode());
        put(resource, TRANSFORMATIONS, PlainYaml.write(list));
    }

    private static void put(Resource resource, String key, String text) {
        Map<String, String> annotations = Meta.annotations(resource.node());
        annotations.put(key, text);
        Meta.setAnnotations(resource.node(), annotations);
    }

    private Node toNode() {
        Node node = Node.mapping();
        put(node, "path", path);
        put(node, "configuredIn", configuredIn);
        if (configuredBy != null) {
            Node plugin = Node.mapping();
            put(plugin, "apiVersion", configuredBy.apiVersion());
            put(plugin, "kind", configuredBy.kind());
            put(plugin, "name", configuredBy.name());
            put(plugin, "namespace", configuredBy.namespace());
            node.put("configuredBy", plugin);
        }
        return node;
    }

    private static void put(Node node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }
}
