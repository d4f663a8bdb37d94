package dev.sluice.yaml;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Replaces aliases and merge keys ({@code <<}) by what they stand for, as kustomize does with
 * everything that it reads.
 */
public final class Anchors {
    private static final int MAX_MERGES = 100;

    private final int maxAliasNodes;
    private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();
    private int aliasNodes;

    private Anchors(YamlLimits limits) {
        maxAliasNodes = limits.maxAliasNodes();
    }

    /**
     * Changes a tree so that it holds no alias, no anchor and no merge key.
     *
     * @return the tree; another node than the one given only where that was an alias itself
     * @throws YamlException where an anchor holds itself, a merge key has no mapping, or aliases
     *     bring in more nodes than allowed
     */
    public static Node inline(Node root, YamlLimits limits) {
        return new Anchors(limits).replace(root);
    }

    public static Node inline(Node root) {
        return inline(root, YamlLimits.DEFAULT);
    }

    /**
     * A tree as {@link #inline} makes it, while the one given stays as it is; that one itself where
     * there is nothing to do.
     */
    public static Node inlinedCopy(Node root, YamlLimits limits) {
        return needsInlining(root) ? inline(copy(root, new IdentityHashMap<>()), limits) : root;
    }

    private static boolean needsInlining(Node node) {
        if (node.isAlias() || isMergeKey(node)) {
            return true;
        }
        for (Node child : node.content()) {
            if (needsInlining(child)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Copies a tree with the targets of its aliases: those come before, so their copies are known
     * when they are met.
     */
    private static Node copy(Node node, IdentityHashMap<Node, Node> copies) {
        if (node.isAlias()) {
            Node target = copies.get(node.target());
            return Node.alias(target == null ? node.target() : target);
        }
        Node copy =
                node.isMapping()
                        ? Node.mapping()
                        : node.isSequence() ? Node.sequence() : node.deepCopy();
        if (!node.isScalar()) {
            copy.become(node).setContent(new ArrayList<>(node.content().size()));
        }
        if (node.anchor() != null) {
            copies.put(node, copy);
        }
        for (Node child : node.content()) {
            copy.content().add(copy(child, copies));
        }
        return copy;
    }

    private Node replace(Node node) {
        if (node.isScalar()) {
            return node.setAnchor(null);
        }
        if (node.isAlias()) {
            Node copy = replace(node.target()).deepCopy();
            count(copy);
            return copy;
        }
        boolean anchored = node.anchor() != null;
        if (open.containsKey(node)) {
            throw new YamlException("anchor '" + node.anchor() + "' value contains itself", 0);
        }
        if (anchored) {
            open.put(node, true);
        }
        if (node.isMapping()) {
            node.setContent(withMergedPairs(node, 0).content());
        }
        List<Node> content = node.content();
        for (int i = 0; i < content.size(); i++) {
            Node child = content.get(i);
            Node inlined = replace(child);
            if (inlined != child) {
                content.set(i, inlined);
            }
        }
        if (anchored) {
            open.remove(node);
            node.setAnchor(null);
        }
        return node;
    }

    private void count(Node copy) {
        aliasNodes++;
        if (aliasNodes > maxAliasNodes) {
            throw new YamlException("document contains excessive aliasing", 0);
        }
        copy.content().forEach(this::count);
    }

    /** A key {@code <<} that was written plain. */
    static boolean isMergeKey(Node key) {
        return key.isScalar() && key.value().equals("<<") && key.tag().equals(Tags.MERGE);
    }

    /**
     * The mapping itself, or a new one in place of one with a merge key: its own pairs first, then
     * those that were missing.
     */
    private static Node withMergedPairs(Node mapping, int depth) {
        if (depth > MAX_MERGES) {
            throw new YamlException("mappings take in each other without end", mapping.line());
        }
        List<Node> content = mapping.content();
        int at = -1;
        for (int i = 0; i + 1 < content.size(); i += 2) {
            if (isMergeKey(content.get(i))) {
                if (at >= 0) {
                    throw YamlException.worded("duplicate merge key");
                }
                at = i;
            }
        }
        return at < 0 ? mapping : merged(mapping, at, depth);
    }

    private static Node merged(Node mapping, int at, int depth) {
        List<Node> own = new ArrayList<>(mapping.content());
        own.remove(at);
        Node value = own.remove(at);
        Node result = Node.mapping().setContent(own);
        for (Node source : sources(value, true)) {
            Node pairs = withMergedPairs(source, depth + 1);
            for (int i = 0; i + 1 < pairs.content().size(); i += 2) {
                Node key = pairs.content().get(i);
                if (!result.has(key.value())) {
                    result.add(key.deepCopy());
                    result.add(pairs.content().get(i + 1).deepCopy());
                }
            }
        }
        return result;
    }

    /** The mappings that a merge key names, the one that wins first. */
    private static List<Node> sources(Node value, boolean listAllowed) {
        if (value.isMapping()) {
            return List.of(value);
        }
        if (value.isAlias()) {
            if (!value.target().isMapping()) {
                throw YamlException.worded("invalid map merge: received alias for a non-map value");
            }
            return List.of(value.target());
        }
        if (!value.isSequence()) {
            throw YamlException.worded("map merge requires map or sequence of maps as the value");
        }
        if (!listAllowed) {
            throw YamlException.worded("invalid map merge: received a nested sequence");
        }
        List<Node> sources = new ArrayList<>();
        value.items().forEach(item -> sources.addAll(sources(item, false)));
        return sources;
    }
}
