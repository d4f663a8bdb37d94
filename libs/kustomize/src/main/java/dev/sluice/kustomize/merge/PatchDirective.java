package dev.sluice.kustomize.merge;

import dev.sluice.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code $patch} asks for: a field of a mapping, or the only field of an element of a list.
 */
enum PatchDirective {
    MERGE,
    REPLACE,
    DELETE;

    private static final String FIELD = "$patch";

    /** Reads the directive of a patch and takes it out. */
    static PatchDirective take(@Nullable Node patch) throws MergeException {
        if (patch == null) {
            return MERGE;
        }
        return switch (patch.kind()) {
            case MAPPING -> takeFromMapping(patch);
            case SEQUENCE -> takeFromSequence(patch);
            case SCALAR, ALIAS ->
                    throw new MergeException(
                            "no implemented strategic merge patch strategy for '"
                                    + patch.tag()
                                    + "'");
        };
    }

    /** The same, but what is not known means to merge. */
    static PatchDirective takeLeniently(Node patch) {
        try {
            return take(patch);
        } catch (MergeException _) {
            return MERGE;
        }
    }

    private static PatchDirective takeFromMapping(Node patch) throws MergeException {
        Node found = patch.get(FIELD);
        if (found == null) {
            return MERGE;
        }
        PatchDirective directive = of(found.value());
        patch.remove(FIELD);
        return directive;
    }

    private static PatchDirective takeFromSequence(Node patch) throws MergeException {
        for (Node element : patch.items()) {
            Node found = element.isMapping() ? element.get(FIELD) : null;
            if (found == null) {
                continue;
            }
            if (element.size() > 1) {
                return MERGE;
            }
            PatchDirective directive = of(found.value());
            ElementSetter.remove(patch, List.of(FIELD), List.of(found.value()));
            return directive;
        }
        return MERGE;
    }

    private static PatchDirective of(String word) throws MergeException {
        return switch (word) {
            case "merge" -> MERGE;
            case "replace" -> REPLACE;
            case "delete" -> DELETE;
            default -> throw new MergeException("unknown patch strategy '" + word + "'");
        };
    }
}
