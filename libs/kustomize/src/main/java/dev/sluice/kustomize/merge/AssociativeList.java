package dev.sluice.kustomize.merge;

import dev.sluice.kustomize.schema.TypeSchema;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges two lists whose elements are known by keys. The elements of both are walked in the patch's
 * order, then the target's; the merged ones come first, and each of the target's elements that was
 * merged already takes its place among them.
 */
final class AssociativeList {
    private static final List<String> NO_KEY = List.of("");

    /** The time that irregular lists take grows with the square of their length. */
    private static final int MAX_IRREGULAR = 5_000;

    private final StrategicMerge merge;
    private final Node target;
    private final @Nullable Node patch;
    private final @Nullable TypeSchema elementSchema;
    private final List<String> keys;

    /**
     * The keys and values of the element that is being merged; the last one's keys stand for all
     * when the target is appended.
     */
    private record Identity(List<String> keys, List<String> values) {}

    AssociativeList(StrategicMerge merge, Node target, @Nullable Node patch, TypeSchema schema) {
        this.merge = merge;
        this.target = target;
        this.patch = patch;
        this.elementSchema = schema.elements();
        this.keys = schema.mergeKeys().isEmpty() ? NO_KEY : schema.mergeKeys();
    }

    @Nullable Node merge() throws MergeException {
        IndexedList indexed = new IndexedList(merge, keys, elementSchema);
        Map<List<String>, Node> targets = indexed.index(target);
        Map<List<String>, Node> patches = target.equals(patch) ? targets : indexed.index(patch);
        if (targets != null && patches != null) {
            return targets.isEmpty() && patches.isEmpty()
                    ? target
                    : indexed.merge(targets, patches);
        }
        return mergeOneByOne();
    }

    private @Nullable Node mergeOneByOne() throws MergeException {
        if (target.size() + (patch == null ? 0 : patch.size()) > MAX_IRREGULAR) {
            throw new MergeException(
                    "lists of more than "
                            + MAX_IRREGULAR
                            + " elements can't be merged where elements lack a key or share it");
        }
        List<List<String>> identities = keys.getFirst().isEmpty() ? scalars() : identities();
        if (keys.size() > 1) {
            completeEachOther(identities);
        }
        Node merged = Node.sequence();
        List<String> lastKeys = keys;
        for (List<String> values : identities) {
            Identity identity = usable(identities, values);
            lastKeys = identity.keys;
            mergeElement(identity, merged);
        }
        if (identities.isEmpty()) {
            return target;
        }
        appendTarget(merged, lastKeys);
        return merged;
    }

    private void mergeElement(Identity identity, Node merged) throws MergeException {
        Identity own = usable(List.of(identity.values), identity.values, identity.keys);
        Node targetElement = ElementSetter.find(target, own.keys, own.values);
        Node patchElement = ElementSetter.find(patch, own.keys, own.values);
        Node element = merge.walk(targetElement, patchElement, elementSchema);
        if (element == null || element.isNull() || (element.isMapping() && element.isEmpty())) {
            ElementSetter.remove(target, identity.keys, identity.values);
            return;
        }
        for (int i = 0; i < identity.keys.size(); i++) {
            ensureKey(element, identity.keys.get(i), identity.values.get(i));
        }
        ElementSetter.set(merged, element, identity.keys, identity.values);
    }

    private static void ensureKey(Node element, String key, String value) {
        if (value.isEmpty()) {
            return;
        }
        if (element.isMapping()) {
            if (!element.has(key)) {
                element.add(Node.string(key)).add(Node.string(value));
            }
        } else {
            element.setTag(null);
        }
    }

    /** The identities of all elements, the patch's first, each once. */
    private List<List<String>> identities() {
        List<List<String>> found = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        for (Node list : inOrder()) {
            for (Node element : list.items()) {
                List<String> values = new ArrayList<>(keys.size());
                keys.forEach(key -> values.add(valueOf(element, key)));
                if (seen.add(values)) {
                    found.add(values);
                }
            }
        }
        return found;
    }

    private static String valueOf(Node element, String key) {
        Node value = element.get(key);
        return value == null || value.isNull() ? "" : value.value();
    }

    private List<List<String>> scalars() {
        List<List<String>> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Node list : inOrder()) {
            for (Node element : list.content()) {
                if (seen.add(element.value())) {
                    found.add(List.of(element.value()));
                }
            }
        }
        return found;
    }

    private List<Node> inOrder() {
        return patch == null ? List.of(target) : List.of(patch, target);
    }

    /**
     * Where one element names a key that another leaves out, and all else agrees, they are the
     * same.
     */
    private static void completeEachOther(List<List<String>> identities) {
        for (int i = 0; i < identities.size(); i++) {
            List<String> left = identities.get(i);
            for (int j = 0; j < identities.size(); j++) {
                List<String> completed = completed(left, identities.get(j));
                if (completed != null) {
                    identities.set(i, completed);
                    identities.set(j, completed);
                }
            }
        }
    }

    private static @Nullable List<String> completed(List<String> left, List<String> right) {
        boolean common = false;
        List<String> result = new ArrayList<>(left.size());
        for (int i = 0; i < left.size(); i++) {
            String one = left.get(i);
            String other = right.get(i);
            common |= one.equals(other);
            if (!one.equals(other) && !one.isEmpty() && !other.isEmpty()) {
                return null;
            }
            result.add(one.isEmpty() ? other : one);
        }
        return common ? result : null;
    }

    private Identity usable(List<List<String>> all, List<String> values) {
        return usable(all, values, keys);
    }

    /** Leaves out keys that no element has. */
    private static Identity usable(List<List<String>> all, List<String> values, List<String> keys) {
        Set<String> used = new HashSet<>();
        for (List<String> each : all) {
            for (int i = 0; i < each.size(); i++) {
                if (!each.get(i).isEmpty()) {
                    used.add(keys.get(i));
                }
            }
        }
        if (used.isEmpty()) {
            return new Identity(keys, values);
        }
        List<String> usedKeys = keys.stream().filter(used::contains).toList();
        List<String> usedValues = new ArrayList<>(usedKeys.size());
        for (int i = 0; i < values.size(); i++) {
            if (used.contains(keys.get(i))) {
                usedValues.add(values.get(i));
            }
        }
        return new Identity(usedKeys, usedValues);
    }

    private void appendTarget(Node merged, List<String> lastKeys) throws MergeException {
        for (Node element : List.copyOf(target.content())) {
            if (lastKeys.getFirst().isEmpty()) {
                ElementSetter.set(merged, element, NO_KEY, List.of(element.value()));
                continue;
            }
            if (!element.isMapping() && !element.isNull()) {
                throw new MergeException(
                        "wrong node kind: expected MappingNode in a list that merges by "
                                + lastKeys.getFirst());
            }
            List<String> values = new ArrayList<>(lastKeys.size());
            for (String key : lastKeys) {
                Node value = element.isMapping() ? element.get(key) : null;
                if (value == null) {
                    merged.add(element);
                } else {
                    values.add(value.value());
                }
            }
            if (lastKeys.size() > 1) {
                ElementSetter.remove(merged, lastKeys, values);
            }
            ElementSetter.set(merged, Objects.requireNonNull(element), lastKeys, values);
        }
    }
}
