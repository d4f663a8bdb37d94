package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.yaml.GoJson;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * YAML or JSON that stands as a text in a field: finds nodes in it, and writes it back in the form
 * that it had.
 */
public final class EmbeddedData {

    private final Node field;
    private final String original;
    private final Node data;

    private EmbeddedData(Node field, Node data) {
        this.field = field;
        this.original = field.value();
        this.data = data;
    }

    /**
     * What a path leads to inside of a text.
     *
     * @param data the text's content
     * @param nodes what was found in it, at least one
     */
    public record Found(EmbeddedData data, List<Node> nodes) {}

    /**
     * Follows a path to the first text on it that is not its end, and on inside of that.
     *
     * @return null where the path meets no text, or leads nowhere in it
     */
    public static @Nullable Found find(Node object, List<String> path, @Nullable Kind create) {
        for (int i = 1; i < path.size(); i++) {
            Node field = lookup(object, path.subList(0, i));
            if (field != null && field.isScalar()) {
                Node data = parse(field.value());
                if (data != null) {
                    return inside(field, data, path.subList(i, path.size()), create);
                }
            }
        }
        return null;
    }

    private static @Nullable Found inside(
            Node field, Node data, List<String> path, @Nullable Kind create) {
        try {
            List<Node> nodes = data.isScalar() ? List.of() : PathMatcher.match(data, path, create);
            return nodes.isEmpty() ? null : new Found(new EmbeddedData(field, data), nodes);
        } catch (BuildException e) {
            // The caller tries the path in the usual way, and reports what is wrong with it.
            return null;
        }
    }

    private static @Nullable Node lookup(Node object, List<String> path) {
        try {
            return Lookup.find(object, path);
        } catch (BuildException e) {
            return null;
        }
    }

    private static @Nullable Node parse(String text) {
        try {
            return text.isBlank() ? null : YamlReader.COMMENTED.read(text);
        } catch (YamlException e) {
            return null;
        }
    }

    /** Puts the changed content back into the field. */
    public void writeBack() throws BuildException {
        String start = original.strip();
        try {
            if (start.startsWith("{") || start.startsWith("[")) {
                String json = GoJson.write(Untagged.settledCopy(data));
                boolean pretty = original.contains("\n") && original.contains("  ");
                field.setValue(pretty ? PrettyJson.of(json) : json);
            } else {
                field.setValue(NodeText.of(data).strip());
            }
        } catch (YamlException e) {
            throw new BuildException(e.getMessage(), e);
        }
    }
}
