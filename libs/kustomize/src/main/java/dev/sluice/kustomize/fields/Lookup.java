package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Untagged;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one node at a path of field names, positions ({@code 0}, or {@code -} for the last) and
 * {@code [field=value]} conditions, and may make what is missing on the way.
 */
public final class Lookup {

    private final List<String> path;
    private final @Nullable Kind create;

    private Lookup(List<String> path, @Nullable Kind create) {
        this.path = path.stream().map(String::strip).filter(part -> !part.isEmpty()).toList();
        this.create = create;
    }

    /** The node at the path; null where a step is missing or null. */
    public static @Nullable Node find(Node node, List<String> path) throws BuildException {
        return new Lookup(path, null).from(node);
    }

    /** The node at one field; null where it is missing. */
    public static @Nullable Node find(Node node, String part) throws BuildException {
        String name = part.strip();
        if (name.isEmpty()) {
            return node;
        }
        if (isField(name)) {
            return Fields.get(node, name);
        }
        return find(node, List.of(name));
    }

    /**
     * The node at the path, made where it is missing: the last of the given kind, the others as
     * their places need.
     */
    public static @Nullable Node findOrCreate(Node node, Kind create, List<String> path)
            throws BuildException {
        return new Lookup(path, create).from(node);
    }

    private @Nullable Node from(Node start) throws BuildException {
        Node match = start;
        for (int i = 0; i < path.size(); i++) {
            String next = i + 1 < path.size() ? path.get(i + 1) : "";
            match = step(match, path.get(i), next);
            if (match == null) {
                return null;
            }
        }
        return match;
    }

    private @Nullable Node step(Node node, String part, String next) throws BuildException {
        if (part.equals("-") || isInteger(part)) {
            return byPosition(node, part);
        }
        if (part.equals("*")) {
            throw new BuildException("wildcard is not supported in PathGetter");
        }
        if (Paths.isListIndex(part)) {
            return byCondition(node, part);
        }
        Node found = Fields.get(node, part);
        if (found != null || create == null || node.isNull()) {
            return found;
        }
        return Fields.set(node, part, blank(kindFor(next, create)));
    }

    private static @Nullable Node byPosition(Node node, String part) throws BuildException {
        Fields.require(node, Kind.SEQUENCE);
        List<Node> items = node.items();
        if (part.equals("-")) {
            return items.isEmpty() ? null : items.getLast();
        }
        if (part.startsWith("-")) {
            throw new BuildException("array index " + part + " cannot be negative");
        }
        long index = Long.parseLong(part.startsWith("+") ? part.substring(1) : part);
        return index < items.size() ? items.get((int) index) : null;
    }

    private @Nullable Node byCondition(Node node, String part) throws BuildException {
        Condition condition = Condition.parse(part);
        Fields.require(node, Kind.SEQUENCE);
        for (Node item : node.items()) {
            if (condition.holdsFor(item)) {
                return item;
            }
        }
        if (create == null || node.isNull()) {
            return null;
        }
        Node item = condition.newItem();
        node.add(item);
        return item;
    }

    /** The kind that a missing node must have so that the next part of the path fits below it. */
    static Kind kindFor(String next, Kind last) {
        if (Paths.isListIndex(next) || Paths.isNumber(next)) {
            return Kind.SEQUENCE;
        }
        return next.isEmpty() ? last : Kind.MAPPING;
    }

    /**
     * A new node of a kind; a scalar is not null but empty, and the text that it gets decides what
     * it is.
     */
    static Node blank(Kind kind) {
        return switch (kind) {
            case MAPPING -> Node.mapping();
            case SEQUENCE -> Node.sequence();
            case SCALAR, ALIAS -> Node.scalar("", Untagged.TAG);
        };
    }

    private static boolean isField(String part) {
        char first = part.charAt(0);
        return first != '['
                && first != '*'
                && first != '-'
                && first != '+'
                && (first < '0' || first > '9');
    }

    private static boolean isInteger(String part) {
        int start = part.startsWith("-") || part.startsWith("+") ? 1 : 0;
        return part.length() < 18 && Paths.isNumber(part.substring(start));
    }
}
