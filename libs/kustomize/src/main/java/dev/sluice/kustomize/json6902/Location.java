package dev.sluice.kustomize.json6902;

import dev.sluice.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document: a mapping or list that exists, and a key in it that may not. Indices count
 * from 0, negative ones from the end.
 *
 * @param container a mapping or a sequence
 */
record Location(Node container, String key) {
    /**
     * Follows a JSON pointer; null where a step before the last leads nowhere. What stands before
     * the first slash does not matter.
     */
    static @Nullable Location find(Node root, String pointer) {
        String[] parts = pointer.split("/", -1);
        if (parts.length < 2) {
            return null;
        }
        Node container = root;
        for (int i = 1; i < parts.length - 1; i++) {
            Node next = null;
            try {
                next = new Location(container, decode(parts[i])).get();
            } catch (PatchException _) {
                return null;
            }
            if (next == null || next.isScalar()) {
                return null;
            }
            container = next;
        }
        return new Location(container, decode(parts[parts.length - 1]));
    }

    private static String decode(String part) {
        return part.indexOf('~') < 0 ? part : part.replace("~1", "/").replace("~0", "~");
    }

    /** The value; null where a mapping has no such key. */
    @Nullable Node get() throws PatchException {
        if (container.isMapping()) {
            return container.get(key);
        }
        int size = container.size();
        int index = index();
        if (index >= size || index < -size) {
            throw invalid(index);
        }
        return container.item(index < 0 ? index + size : index);
    }

    void set(Node value) throws PatchException {
        if (container.isMapping()) {
            container.put(key, value);
            return;
        }
        int index = index();
        List<Node> items = container.mutableContent();
        items.set(index < 0 ? index + items.size() : index, value);
    }

    void add(Node value) throws PatchException {
        if (container.isMapping()) {
            container.put(key, value);
            return;
        }
        if (key.equals("-")) {
            container.add(value);
            return;
        }
        int slots = container.size() + 1;
        int index = index();
        if (index >= slots || index < -slots) {
            throw invalid(index);
        }
        container.add(index < 0 ? index + slots : index, value);
    }

    void remove() throws PatchException {
        if (container.isMapping()) {
            if (container.remove(key) == null) {
                throw new PatchException(
                        "Unable to remove nonexistent key: " + key + ": missing value");
            }
            return;
        }
        int size = container.size();
        int index = index();
        if (index >= size || index < -size) {
            throw invalid(index);
        }
        container.mutableContent().remove(index < 0 ? index + size : index);
    }

    private int index() throws PatchException {
        boolean signed = key.startsWith("-") || key.startsWith("+");
        String digits = signed ? key.substring(1) : key;
        boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || digits.length() > 9) {
            throw new PatchException("value was not a proper array index: '" + key + "'");
        }
        return Integer.parseInt(key);
    }

    private static PatchException invalid(int index) {
        return new PatchException(
                "Unable to access invalid index: " + index + ": invalid index referenced");
    }
}
