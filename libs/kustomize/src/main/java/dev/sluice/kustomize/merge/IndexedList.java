package dev.sluice.kustomize.merge;

import dev.sluice.kustomize.schema.TypeSchema;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges two lists in which every element has all its keys and no two are the same: nearly all that
 * there are. It gives what {@link AssociativeList} gives, in linear time.
 */
final class IndexedList {
    private final StrategicMerge merge;
    private final List<String> keys;
    private final @Nullable TypeSchema elementSchema;

    IndexedList(StrategicMerge merge, List<String> keys, @Nullable TypeSchema elementSchema) {
        this.merge = merge;
        this.keys = keys;
        this.elementSchema = elementSchema;
    }

    /** The elements by the values of their keys; null where the list is not as it must be. */
    @Nullable Map<List<String>, Node> index(@Nullable Node list) {
        Map<List<String>, Node> found = new LinkedHashMap<>();
        if (list == null) {
            return found;
        }
        for (Node element : list.items()) {
            List<String> values = identity(element);
            if (values == null || found.put(values, element) != null) {
                return null;
            }
        }
        return found;
    }

    private @Nullable List<String> identity(Node element) {
        if (keys.getFirst().isEmpty()) {
            return element.isScalar() && !element.isNull() && !element.value().isEmpty()
                    ? List.of(element.value())
                    : null;
        }
        List<String> values = new ArrayList<>(keys.size());
        for (String key : keys) {
            Node value = element.isMapping() ? element.get(key) : null;
            if (value == null || value.isNull() || value.value().isEmpty()) {
                return null;
            }
            values.add(value.value());
        }
        return values;
    }

    Node merge(Map<List<String>, Node> target, Map<List<String>, Node> patch)
            throws MergeException {
        Set<List<String>> identities = new LinkedHashSet<>(patch.keySet());
        identities.addAll(target.keySet());
        Map<List<String>, Node> merged = new LinkedHashMap<>();
        for (List<String> identity : identities) {
            Node former = target.get(identity);
            Node element = merge.walk(former, patch.get(identity), elementSchema);
            if (element == null || element.isNull() || (element.isMapping() && element.isEmpty())) {
                continue;
            }
            if (element.isScalar()) {
                element.setTag(null);
            }
            // The target's element goes in last, whatever a directive said.
            merged.put(identity, former == null ? element : former);
        }
        if (keys.size() > 1) {
            moveToEnd(merged, target.keySet());
        }
        Node result = Node.sequence();
        merged.values().forEach(result::add);
        return result;
    }

    /** With several keys the target's elements keep their order behind the new ones. */
    private static void moveToEnd(Map<List<String>, Node> merged, Set<List<String>> targets) {
        for (List<String> identity : targets) {
            Node element = merged.remove(identity);
            if (element != null) {
                merged.put(identity, element);
            }
        }
    }
}
