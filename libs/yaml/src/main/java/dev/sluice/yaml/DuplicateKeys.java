package dev.sluice.yaml;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys that a mapping has twice: the reader keeps both, as go-yaml's nodes do, and whoever
 * needs a map must refuse them.
 */
public final class DuplicateKeys {
    private DuplicateKeys() {}

    /**
     * Looks at a whole tree.
     *
     * @throws YamlException at the first key that is there twice, with both lines
     */
    public static void refuse(Node root) {
        if (root.isMapping()) {
            Map<String, Node> seen = HashMap.newHashMap(root.size());
            for (int i = 0; i + 1 < root.content().size(); i += 2) {
                Node key = root.content().get(i);
                Node first = key.isScalar() ? seen.putIfAbsent(key.value(), key) : null;
                if (first != null) {
                    throw error(first, key);
                }
            }
        }
        root.content().forEach(DuplicateKeys::refuse);
    }

    static YamlException error(Node mapping, String name) {
        Node first = null;
        for (int i = 0; i + 1 < mapping.content().size(); i += 2) {
            Node key = mapping.content().get(i);
            if (key.value().equals(name)) {
                if (first != null) {
                    return error(first, key);
                }
                first = key;
            }
        }
        return error(first, first);
    }

    private static YamlException error(@Nullable Node first, @Nullable Node second) {
        if (first == null || second == null) {
            return YamlException.worded("yaml: unmarshal errors:\n  mapping key is defined twice");
        }
        return YamlException.worded(
                "yaml: unmarshal errors:\n  line "
                        + second.line()
                        + ": mapping key \""
                        + second.value()
                        + "\" already defined at line "
                        + first.line());
    }
}
