package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import org.jspecify.annotations.Nullable;

/**
 * Sets and clears fields as kyaml does. Its rules show in the output: a value takes over the style
 * of the one it replaces, and a value set without a tag has the type that its text then reads as.
 */
public final class Fields {

    private Fields() {}

    /** What a step does to a node that was found. */
    @FunctionalInterface
    public interface Action {
        void apply(Node node) throws BuildException;
    }

    public static boolean isMissingOrNull(@Nullable Node node) {
        return node == null || node.isNull();
    }

    /** The text of a scalar, and nothing for what is missing or null. */
    public static String text(@Nullable Node node) {
        return node == null || node.isNull() ? "" : node.value();
    }

    /**
     * Demands a kind of node; null passes.
     *
     * @throws BuildException where it is another kind
     */
    public static void require(@Nullable Node node, Kind kind) throws BuildException {
        if (node != null && node.kind() != kind && !node.isNull()) {
            throw new WrongKindException(kind, node);
        }
    }

    /** A mapping's field; null where it is missing or the node is null. */
    public static @Nullable Node get(Node mapping, String name) throws BuildException {
        if (mapping.isNull()) {
            return null;
        }
        require(mapping, Kind.MAPPING);
        return mapping.get(name);
    }

    /**
     * Sets a field to a node, which from then on may be shared between several places: upstream
     * shares it too, and a later change in one place shows in the other.
     *
     * @return the node that is now at the field
     */
    public static Node set(Node mapping, String name, Node value) throws BuildException {
        Node existing = get(mapping, name);
        if (existing == null) {
            require(mapping, Kind.MAPPING);
            mapping.add(Node.plain(name)).add(value);
            return value;
        }
        value.setStyle(existing.style());
        existing.become(value);
        return existing;
    }

    /**
     * Sets a field to a text without a tag: where the field is there already, its style decides
     * whether it stays a string.
     */
    public static void setUntagged(Node mapping, String name, String text) throws BuildException {
        Node existing = get(mapping, name);
        if (existing == null) {
            require(mapping, Kind.MAPPING);
            mapping.add(Node.plain(name)).add(Untagged.scalar(text));
        } else {
            Untagged.overwrite(existing, text);
        }
    }

    /** Gives a scalar another text without a tag; its style stays. */
    public static void setScalarUntagged(Node scalar, String text) throws BuildException {
        require(scalar, Kind.SCALAR);
        Untagged.overwrite(scalar, text);
    }

    /** Makes a scalar what another is, but keeps its style. */
    public static void setScalar(Node scalar, Node value) throws BuildException {
        require(scalar, Kind.SCALAR);
        if (value.isNull()) {
            return;
        }
        value.setStyle(scalar.style());
        scalar.become(value);
    }
}
