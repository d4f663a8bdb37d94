package dev.sluice.kustomize.merge;

import dev.sluice.kustomize.schema.SchemaSet;
import dev.sluice.kustomize.schema.TypeSchema;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies strategic merge patches: mappings merge field by field, lists by the keys that the schema
 * names, all else is replaced; null and {@code $patch: delete} remove. New list items come first,
 * in the patch's order.
 */
public final class StrategicMerge {
    private final SchemaSet schemas;

    /** A null that was written out in the target stays, where all other nulls vanish. */
    private @Nullable Node keptNull;

    private StrategicMerge(SchemaSet schemas) {
        this.schemas = schemas;
    }

    /**
     * Applies a patch.
     *
     * @param target is changed, and must not be used afterwards: the result takes its place
     * @param patch stays as it is
     * @return the patched object; null where the patch deletes it
     * @throws MergeException where kinds of nodes do not fit or a directive is not known
     */
    public static @Nullable Node apply(Node target, Node patch, SchemaSet schemas)
            throws MergeException {
        Node directive = patch.isMapping() ? patch.get("$patch") : null;
        StrategicMerge merge = new StrategicMerge(schemas);
        if (directive != null && directive.value().equals("replace")) {
            // Upstream makes the patch its result, and then goes on with the target as it was.
            merge.walk(target.deepCopy(), patch.deepCopy(), null);
            return target;
        }
        return merge.walk(target, patch.deepCopy(), null);
    }

    static boolean isMissing(@Nullable Node node) {
        return node == null || node.isNull();
    }

    @Nullable Node walk(@Nullable Node target, @Nullable Node patch, @Nullable TypeSchema given)
            throws MergeException {
        TypeSchema commented = CommentedFields.schemaOf(target, patch, schemas);
        TypeSchema schema =
                commented != null ? commented : given != null ? given : schemaOf(target, patch);
        CommentedFields.take(target, patch);
        Node first = isMissing(target) ? patch : target;
        if (first == null || isMissing(first)) {
            return walkMapping(target, patch, schema);
        }
        refuseOtherKind(first.kind(), target);
        refuseOtherKind(first.kind(), patch);
        return switch (first.kind()) {
            case MAPPING -> walkMapping(target, patch, schema);
            case SEQUENCE ->
                    schema != null && schema.mergesElements()
                            ? walkElements(target, patch, schema)
                            : (patch != null ? patch : target);
            case SCALAR -> patch != null ? patch : target;
            case ALIAS -> null;
        };
    }

    private static void refuseOtherKind(Kind kind, @Nullable Node node) throws MergeException {
        if (node != null && !node.isNull() && node.kind() != kind) {
            throw new MergeException(
                    "wrong node kind: expected "
                            + nameOf(kind)
                            + " but got "
                            + nameOf(node.kind())
                            + (node.line() > 0 ? " at line " + node.line() : ""));
        }
    }

    private static String nameOf(Kind kind) {
        return switch (kind) {
            case MAPPING -> "MappingNode";
            case SEQUENCE -> "SequenceNode";
            case SCALAR -> "ScalarNode";
            case ALIAS -> "AliasNode";
        };
    }

    /** An object within a field of unknown type is known by what it says of itself. */
    private @Nullable TypeSchema schemaOf(@Nullable Node target, @Nullable Node patch) {
        TypeSchema schema = schemaOf(target);
        return schema != null ? schema : schemaOf(patch);
    }

    private @Nullable TypeSchema schemaOf(@Nullable Node node) {
        if (node == null || !node.isMapping()) {
            return null;
        }
        String apiVersion = node.text("apiVersion");
        String kind = node.text("kind");
        return apiVersion == null || kind == null ? null : schemas.forKind(apiVersion, kind);
    }

    private @Nullable Node walkMapping(
            @Nullable Node target, @Nullable Node patch, @Nullable TypeSchema schema)
            throws MergeException {
        Node base = baseOfMapping(target, patch);
        if (base == null) {
            return null;
        }
        TreeSet<String> names = new TreeSet<>(base.keys());
        if (patch != null) {
            names.addAll(patch.keys());
        }
        for (String name : names) {
            if (name.isEmpty()) {
                throw new MergeException(
                        "wrong node kind: expected ScalarNode but got MappingNode: a field has no name");
            }
            TypeSchema commented = CommentedFields.schemaOfField(name, base, patch, schemas);
            TypeSchema field = commented != null || schema == null ? commented : schema.field(name);
            Node value = walk(base.get(name), patch == null ? null : patch.get(name), field);
            setField(base, name, value);
        }
        return base;
    }

    private @Nullable Node baseOfMapping(@Nullable Node target, @Nullable Node patch)
            throws MergeException {
        takeStyle(target, patch);
        if (target == null || target.isNull()) {
            if (patch != null
                    && patch.isMapping()
                    && PatchDirective.takeLeniently(patch) == PatchDirective.DELETE) {
                return null;
            }
            if (patch == null && target != null && !target.value().isEmpty()) {
                keptNull = Node.scalar(target.value(), target.tag());
                return keptNull;
            }
            return patch;
        }
        return directed(target, patch);
    }

    private @Nullable Node walkElements(
            @Nullable Node target, @Nullable Node patch, TypeSchema schema) throws MergeException {
        Node base = baseOfList(target, patch);
        return base == null ? null : new AssociativeList(this, base, patch, schema).merge();
    }

    private static @Nullable Node baseOfList(@Nullable Node target, @Nullable Node patch)
            throws MergeException {
        takeStyle(target, patch);
        if (target == null || target.isNull()) {
            return patch;
        }
        return directed(target, patch);
    }

    /** What a patch says of a node that is there. */
    private static @Nullable Node directed(Node target, @Nullable Node patch)
            throws MergeException {
        if (patch != null && patch.isNull()) {
            return null;
        }
        return switch (PatchDirective.take(patch)) {
            case DELETE -> null;
            case REPLACE -> patch;
            case MERGE -> target;
        };
    }

    private static void takeStyle(@Nullable Node target, @Nullable Node patch) {
        if (target != null && patch != null && !target.isScalar() && target.isEmpty()) {
            target.takeStyle(patch);
        }
    }

    /**
     * What replaces a value is written in that one's style, so a number that replaces a quoted text
     * becomes a text.
     */
    private void setField(Node mapping, String name, @Nullable Node value) {
        if (value == null || (value.isNull() && value != keptNull)) {
            mapping.remove(name);
            return;
        }
        int index = mapping.indexOfKey(name);
        if (index < 0) {
            // A key that reads as a number is one, and fails when the object is written: as
            // upstream.
            mapping.add(Node.plain(name)).add(value);
            return;
        }
        Node former = mapping.content().get(index + 1);
        if (former != value) {
            value.takeStyle(former);
            // The node itself changes: labels that a layer below set in several places are one
            // node.
            former.become(value);
        }
    }
}
