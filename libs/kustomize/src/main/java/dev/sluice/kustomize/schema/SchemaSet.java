package dev.sluice.kustomize.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types that one build knows. {@link #builtIn()} holds those of Kubernetes; {@link
 * SwaggerReader} makes others from the file that a kustomization's {@code openapi.path} names, and
 * those replace the built-in ones.
 */
public final class SchemaSet {
    /**
     * The Kubernetes version whose types are built in; the only one that {@code openapi.version}
     * may name.
     */
    public static final String BUILT_IN_VERSION = "v1.21.2";

    /** Field of a definition that stands for all names without a field of their own. */
    static final String ANY_FIELD = "*";

    /** Kinds are known by apiVersion and kind, as objects name them. */
    record TypeName(String apiVersion, String kind) {}

    private final List<Map<String, String>> definitions;
    private final Map<String, Integer> names;
    private final Map<TypeName, Integer> kinds;
    private final Map<TypeName, Boolean> namespaced;

    SchemaSet(
            List<Map<String, String>> definitions,
            Map<String, Integer> names,
            Map<TypeName, Integer> kinds,
            Map<TypeName, Boolean> namespaced) {
        this.definitions = definitions;
        this.names = names;
        this.kinds = kinds;
        this.namespaced = namespaced;
    }

    private static final class BuiltIn {
        static final SchemaSet SET = FactsReader.read("kubernetes-" + BUILT_IN_VERSION + ".txt");
    }

    /** Kubernetes' own types. Loaded at the first call, in some milliseconds. */
    public static SchemaSet builtIn() {
        return BuiltIn.SET;
    }

    /** No types at all: every list is replaced whole. */
    public static SchemaSet empty() {
        return new SchemaSet(List.of(), Map.of(), Map.of(), Map.of());
    }

    /** The type of an object; null where it is not known. */
    public @Nullable TypeSchema forKind(String apiVersion, String kind) {
        Integer definition = kinds.get(new TypeName(apiVersion, kind));
        return definition == null ? null : new TypeSchema(this, ">" + definition);
    }

    /** Whether objects of a kind live in a namespace; empty where that is not known. */
    public Optional<Boolean> isNamespaced(String apiVersion, String kind) {
        return Optional.ofNullable(namespaced.get(new TypeName(apiVersion, kind)));
    }

    /**
     * The type that a comment beside a field gives it: a JSON schema, often a reference to a
     * definition.
     *
     * @param comment with its {@code #}
     * @return null where the comment is no JSON object, or an empty one
     */
    public @Nullable TypeSchema fromComment(String comment) {
        return CommentSchema.read(comment, this);
    }

    List<Map<String, String>> definitions() {
        return definitions;
    }

    Map<String, Integer> names() {
        return names;
    }

    Map<String, String> definition(int number) {
        return definitions.get(number);
    }
}
