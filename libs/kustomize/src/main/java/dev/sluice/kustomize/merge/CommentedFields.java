package dev.sluice.kustomize.merge;

import dev.sluice.kustomize.schema.SchemaSet;
import dev.sluice.kustomize.schema.TypeSchema;
import dev.sluice.yaml.Comments;
import dev.sluice.yaml.Node;
import org.jspecify.annotations.Nullable;

/** Comments that hold a JSON schema give a field its type, whatever its object's schema says. */
final class CommentedFields {
    private CommentedFields() {}

    /** The type in a comment of a node itself; null where there is none. */
    static @Nullable TypeSchema schemaOf(
            @Nullable Node target, @Nullable Node patch, SchemaSet schemas) {
        TypeSchema found = StrategicMerge.isMissing(target) ? null : schemaOf(target, schemas);
        return found != null || StrategicMerge.isMissing(patch) ? found : schemaOf(patch, schemas);
    }

    /** The type in a comment of a field's value or key; null where there is none. */
    static @Nullable TypeSchema schemaOfField(
            String name, Node target, @Nullable Node patch, SchemaSet schemas) {
        TypeSchema found = schemaOfField(name, target, schemas);
        return found != null || patch == null ? found : schemaOfField(name, patch, schemas);
    }

    private static @Nullable TypeSchema schemaOfField(
            String name, Node mapping, SchemaSet schemas) {
        int index = mapping.indexOfKey(name);
        if (index < 0) {
            return null;
        }
        TypeSchema found = schemaOf(mapping.content().get(index + 1), schemas);
        return found != null ? found : schemaOf(mapping.content().get(index), schemas);
    }

    private static @Nullable TypeSchema schemaOf(@Nullable Node node, SchemaSet schemas) {
        if (node == null || !node.hasComments()) {
            return null;
        }
        Comments comments = node.comments();
        String first = comments.line().isEmpty() ? comments.head() : comments.line();
        return first.isEmpty() ? null : schemas.fromComment(first);
    }

    /** What a patch says about a node replaces what was said. */
    static void take(@Nullable Node target, @Nullable Node patch) {
        if (target == null || patch == null || !patch.hasComments()) {
            return;
        }
        Comments old = target.comments();
        Comments added = patch.comments();
        target.setComments(
                new Comments(
                        added.head().isEmpty() ? old.head() : added.head(),
                        added.line().isEmpty() ? old.line() : added.line(),
                        added.foot().isEmpty() ? old.foot() : added.foot()));
    }
}
