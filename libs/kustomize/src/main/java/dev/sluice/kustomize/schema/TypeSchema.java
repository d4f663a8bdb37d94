package dev.sluice.kustomize.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of a node: an object's, a list's, a map's or that of something with nothing inside. It
 * is a code (the README beside the facts says how to read it) and the set in which its references
 * are looked up.
 */
public final class TypeSchema {
    private static final int MAX_REFERENCES = 64;

    private final SchemaSet set;
    private final String code;

    TypeSchema(SchemaSet set, String code) {
        this.set = set;
        this.code = code;
    }

    /** The type of a field; null where this type has no such field. */
    public @Nullable TypeSchema field(String name) {
        if (code.startsWith("{")) {
            return resolved(code.substring(1));
        }
        Map<String, String> fields = fields();
        String found = fields.get(name);
        if (found == null) {
            found = fields.get(SchemaSet.ANY_FIELD);
        }
        return found == null ? null : resolved(found);
    }

    private Map<String, String> fields() {
        return code.startsWith(">")
                ? set.definition(Integer.parseInt(code, 1, code.length(), 10))
                : Map.of();
    }

    /** The type of a list's elements; null where this is no list. */
    public @Nullable TypeSchema elements() {
        return code.startsWith("[") ? resolved(code.substring(elementsAt())) : null;
    }

    private int elementsAt() {
        return code.startsWith("[!") ? code.indexOf('!', 2) + 1 : 1;
    }

    /**
     * Elements of a list are merged, by {@link #mergeKeys()} or, without keys, as a set of scalars.
     */
    public boolean mergesElements() {
        int slash = code.indexOf('/');
        return code.startsWith("[!")
                && Arrays.asList(code.substring(2, slash).split("\\+")).contains("merge");
    }

    /** The fields that tell which elements of two lists are the same. */
    public List<String> mergeKeys() {
        if (!code.startsWith("[!")) {
            return List.of();
        }
        String keys = code.substring(code.indexOf('/') + 1, code.indexOf('!', 2));
        return keys.isEmpty() ? List.of() : List.of(keys.split("\\+"));
    }

    /** Follows references to a type with a shape of its own; null where one leads nowhere. */
    private @Nullable TypeSchema resolved(String start) {
        String found = start;
        for (int i = 0; i < MAX_REFERENCES && found.startsWith(">"); i++) {
            if (found.equals(SwaggerReader.NOWHERE)) {
                return null;
            }
            String alias =
                    set.definition(Integer.parseInt(found, 1, found.length(), 10))
                            .get(SwaggerReader.ALIAS);
            if (alias == null) {
                break;
            }
            found = alias;
        }
        return new TypeSchema(set, found);
    }
}
