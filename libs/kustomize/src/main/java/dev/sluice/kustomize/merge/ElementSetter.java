package dev.sluice.kustomize.merge;

import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds, replaces and removes elements of a list by the values of their keys. A list of scalars has
 * the one key that is empty. An empty value matches any element that has the key at all; a key
 * beyond the values follows the one before.
 */
final class ElementSetter {
    private ElementSetter() {}

    /** Replaces every element that fits, or appends. */
    static void set(Node list, Node element, List<String> keys, List<String> values)
            throws MergeException {
        boolean found = edit(list, element, keys, values);
        if (!found && !element.isNull()) {
            list.add(element);
        }
    }

    /** Removes every element that fits; elements that are null or empty go too. */
    static void remove(Node list, List<String> keys, List<String> values) throws MergeException {
        edit(list, null, keys, values);
    }

    private static boolean edit(
            Node list, @Nullable Node element, List<String> keys, List<String> values)
            throws MergeException {
        boolean byField =
                !keys.getFirst().isEmpty() && !values.isEmpty() && !values.getFirst().isEmpty();
        List<Node> kept = new ArrayList<>(list.size() + 1);
        boolean matched = false;
        for (Node each : list.items()) {
            if (each.isNull() || (each.isMapping() && each.isEmpty())) {
                continue;
            }
            if (!each.isMapping() && byField) {
                kept.add(each);
            } else if (!fits(each, keys, values)) {
                if (!values.isEmpty()) {
                    kept.add(each);
                }
            } else {
                matched = true;
                if (element != null) {
                    kept.add(element);
                }
            }
        }
        list.setContent(kept);
        return matched;
    }

    private static boolean fits(Node element, List<String> keys, List<String> values)
            throws MergeException {
        boolean fits = false;
        for (int i = 0; i < keys.size(); i++) {
            if (i < values.size()) {
                fits = fits(element, keys.get(i), values.get(i));
            }
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Node element, String key, String value) throws MergeException {
        if (key.isEmpty()) {
            if (!element.isScalar()) {
                throw new MergeException(
                        "wrong node kind: expected ScalarNode in a list of scalars");
            }
            return element.value().equals(value);
        }
        if (!element.isMapping()) {
            throw new MergeException(
                    "wrong node kind: expected MappingNode in a list that merges by " + key);
        }
        Node found = element.get(key);
        return found != null && (value.isEmpty() || found.value().equals(value));
    }

    /** The first element whose keys have just these values; null where there is none. */
    static @Nullable Node find(@Nullable Node list, List<String> keys, List<String> values) {
        if (list == null || !list.isSequence()) {
            return null;
        }
        for (Node element : list.items()) {
            if (keys.getFirst().isEmpty()
                    ? element.value().equals(values.getFirst())
                    : hasAll(element, keys, values)) {
                return element;
            }
        }
        return null;
    }

    private static boolean hasAll(Node element, List<String> keys, List<String> values) {
        if (!element.isMapping()) {
            return false;
        }
        for (int i = 0; i < keys.size(); i++) {
            Node found = element.get(keys.get(i));
            if (found == null || !found.value().equals(values.get(i))) {
                return false;
            }
        }
        return true;
    }
}
