package dev.sluice.sops.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trees in formats that have none: the path of each value becomes its key, as in {@code
 * age__list_0__map_recipient}. SOPS writes its metadata so into dotenv and INI files.
 */
final class FlatTree {
    private static final String MAP = "__map_";
    private static final String LIST = "__list_";
    private static final int MAX_DEPTH = 16;

    private FlatTree() {}

    /** The values by their paths, in tree order. */
    static Map<String, Leaf> flatten(Branch tree) {
        Map<String, Leaf> flat = new LinkedHashMap<>();
        for (Entry entry : tree.entries()) {
            flatten(entry.key(), entry.value(), flat);
        }
        return flat;
    }

    private static void flatten(String path, Value value, Map<String, Leaf> flat) {
        switch (value) {
            case Branch branch ->
                    branch.entries()
                            .forEach(entry ->
                                    flatten(path + MAP + entry.key(), entry.value(), flat));
            case Items items -> {
                for (int i = 0; i < items.values().size(); i++) {
                    flatten(path + LIST + i, items.values().get(i), flat);
                }
            }
            case Leaf leaf -> flat.put(path, leaf);
        }
    }

    /** The tree of values by their paths. */
    static Branch unflatten(Map<String, Leaf> flat) throws MalformedDocumentException {
        Node root = new Node();
        for (Map.Entry<String, Leaf> entry : flat.entrySet()) {
            root.place(entry.getKey(), entry.getValue());
        }
        return root.branch();
    }

    /** A value, a map or a list that is being put together. */
    private static final class Node {
        private final Map<String, Node> keys = new LinkedHashMap<>();
        private final Map<Integer, Node> indices = new TreeMap<>();
        private final List<Leaf> leaves = new ArrayList<>(1);

        void place(String path, Leaf leaf) throws MalformedDocumentException {
            Node node = this;
            int at = 0;
            boolean list = false;
            for (int depth = 0; depth < MAX_DEPTH; depth++) {
                int map = path.indexOf(MAP, at);
                int index = path.indexOf(LIST, at);
                int end = map < 0 ? index : index < 0 ? map : Math.min(map, index);
                String part = end < 0 ? path.substring(at) : path.substring(at, end);
                node = list ? node.item(part) : node.keys.computeIfAbsent(part, key -> new Node());
                if (end < 0) {
                    node.leaves.add(leaf);
                    return;
                }
                list = end == index;
                at = end + (list ? LIST : MAP).length();
            }
            throw new MalformedDocumentException("the SOPS metadata is nested too deep", true);
        }

        private Node item(String index) throws MalformedDocumentException {
            if (!index.matches("[0-9]{1,4}")) {
                throw new MalformedDocumentException(
                        "the SOPS metadata has a list index that is no number");
            }
            return indices.computeIfAbsent(Integer.valueOf(index), key -> new Node());
        }

        private Value value() throws MalformedDocumentException {
            int kinds = (keys.isEmpty() ? 0 : 1) + (indices.isEmpty() ? 0 : 1) + leaves.size();
            if (kinds > 1) {
                throw new MalformedDocumentException(
                        "the SOPS metadata has a key twice, or as two kinds of things");
            }
            if (!leaves.isEmpty()) {
                return leaves.getFirst();
            }
            if (indices.isEmpty()) {
                return branch();
            }
            List<Value> values = new ArrayList<>();
            for (Node item : indices.values()) {
                values.add(item.value());
            }
            return new Items(values);
        }

        private Branch branch() throws MalformedDocumentException {
            List<Member> members = new ArrayList<>();
            for (Map.Entry<String, Node> key : keys.entrySet()) {
                members.add(new Entry(key.getKey(), key.getValue().value()));
            }
            return new Branch(members);
        }
    }
}
