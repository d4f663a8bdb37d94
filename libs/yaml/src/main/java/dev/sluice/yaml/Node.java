package dev.sluice.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node of a YAML tree: mutable, ordered, and as close to the text as the Go tools' node: tag,
 * style, position, anchor and comments are kept. Not thread safe; a tree that nobody changes may be
 * read by many threads once {@link #resolveTags()} was called on it.
 *
 * <p>A mapping's children lie in {@link #content()} as key, value, key, value. Keys are nodes;
 * lookups by string compare the keys' values and take the first that fits. Comparison of trees is
 * {@link #sameAs}; {@code equals} is identity.
 */
public final class Node extends Presentation {
    private static final List<Node> NO_CONTENT = List.of();

    private Kind kind;
    private String value = "";
    private List<Node> content = NO_CONTENT;
    private @Nullable Node target;

    private Node(Kind kind) {
        this.kind = kind;
    }

    public static Node mapping() {
        return new Node(Kind.MAPPING);
    }

    public static Node sequence() {
        return new Node(Kind.SEQUENCE);
    }

    /** A sequence of strings. */
    public static Node sequenceOf(List<String> values) {
        Node sequence = new Node(Kind.SEQUENCE);
        values.forEach(each -> sequence.add(string(each)));
        return sequence;
    }

    /**
     * A scalar that is a string whatever its text looks like; the writer quotes it where it must.
     */
    public static Node string(String value) {
        return scalar(value, Tags.STR);
    }

    /** A plain scalar whose type follows from its text, as in a file. */
    public static Node plain(String value) {
        Node node = new Node(Kind.SCALAR);
        node.value = value;
        return node;
    }

    public static Node scalar(String value, String tag) {
        return plain(value).setTag(tag);
    }

    public static Node integer(long value) {
        return scalar(Long.toString(value), Tags.INT);
    }

    public static Node bool(boolean value) {
        return scalar(Boolean.toString(value), Tags.BOOL);
    }

    public static Node nullValue() {
        return scalar("null", Tags.NULL);
    }

    /** A reference to a node with an anchor. */
    public static Node alias(Node target) {
        Node node = new Node(Kind.ALIAS);
        node.target = target;
        node.value = Objects.requireNonNullElse(target.anchor(), "");
        return node;
    }

    @Override
    Node node() {
        return this;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isMapping() {
        return kind == Kind.MAPPING;
    }

    public boolean isSequence() {
        return kind == Kind.SEQUENCE;
    }

    public boolean isScalar() {
        return kind == Kind.SCALAR;
    }

    public boolean isAlias() {
        return kind == Kind.ALIAS;
    }

    /** A scalar of type null: {@code null}, {@code ~}, or nothing written. */
    public boolean isNull() {
        return kind == Kind.SCALAR && tag().equals(Tags.NULL);
    }

    /** A scalar of type string. */
    public boolean isString() {
        return kind == Kind.SCALAR && tag().equals(Tags.STR);
    }

    @Override
    String implicitTag() {
        return switch (kind) {
            case MAPPING -> Tags.MAP;
            case SEQUENCE -> Tags.SEQ;
            case ALIAS -> target == null ? Tags.NULL : target.tag();
            case SCALAR ->
                    style() != Style.PLAIN
                            ? Tags.STR
                            : value.equals("<<") ? Tags.MERGE : ScalarResolver.CORE.tagOf(value);
        };
    }

    /** A scalar's text without quotes and escapes; an alias's anchor; empty for collections. */
    public String value() {
        return value;
    }

    /** Changes a scalar's text; tag and style stay, so a string stays a string. */
    public Node setValue(String newValue) {
        fixTag();
        value = newValue;
        return this;
    }

    /** The node that an alias stands for. */
    public Node target() {
        return Objects.requireNonNull(target, "not an alias");
    }

    /**
     * The children: items of a sequence, or keys and values of a mapping in turn. Live; changed
     * through the methods here.
     */
    public List<Node> content() {
        return content;
    }

    /** Children that may be changed freely; a mapping must keep pairs. */
    public List<Node> mutableContent() {
        if (content.isEmpty()) {
            content = new ArrayList<>(4);
        }
        return content;
    }

    /** Replaces all children; the list is taken over and must be mutable. */
    public Node setContent(List<Node> children) {
        content = children;
        return this;
    }

    /** The number of items, or of pairs; 0 for scalars. */
    public int size() {
        return kind == Kind.MAPPING ? content.size() / 2 : content.size();
    }

    /** Neither items nor pairs. */
    public boolean isEmpty() {
        return content.isEmpty();
    }

    /** The item of a sequence at an index. */
    public Node item(int index) {
        return content.get(index);
    }

    /** The items of a sequence; empty for all other kinds. */
    public List<Node> items() {
        return kind == Kind.SEQUENCE ? content : NO_CONTENT;
    }

    public Node add(Node item) {
        mutableContent().add(item);
        return this;
    }

    public Node add(int index, Node item) {
        mutableContent().add(index, item);
        return this;
    }

    /**
     * The pairs of a mapping, in order; empty for all other kinds. A copy of the list, not of the
     * nodes.
     */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(size());
        for (int i = 0; kind == Kind.MAPPING && i + 1 < content.size(); i += 2) {
            entries.add(new Entry(content.get(i), content.get(i + 1)));
        }
        return entries;
    }

    /** The keys of a mapping as text, in order; empty for all other kinds. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>(size());
        for (int i = 0; kind == Kind.MAPPING && i + 1 < content.size(); i += 2) {
            keys.add(content.get(i).value);
        }
        return keys;
    }

    /** Where in {@link #content()} a key of a mapping lies; -1 where there is none. */
    public int indexOfKey(String key) {
        if (kind == Kind.MAPPING) {
            for (int i = 0; i + 1 < content.size(); i += 2) {
                if (content.get(i).value.equals(key)) {
                    return i;
                }
            }
        }
        return -1;
    }

    public boolean has(String key) {
        return indexOfKey(key) >= 0;
    }

    /**
     * A mapping's value; null where the key is missing or this is no mapping. An alias is not
     * followed.
     */
    public @Nullable Node get(String key) {
        int index = indexOfKey(key);
        return index < 0 ? null : content.get(index + 1);
    }

    /** A mapping's value as text; null where it is missing, null, or no scalar. */
    public @Nullable String text(String key) {
        Node found = get(key);
        return found == null || found.kind != Kind.SCALAR || found.isNull() ? null : found.value;
    }

    /** The node at a path of mapping keys; null where a step is missing. */
    public @Nullable Node at(String... path) {
        Node node = this;
        for (String key : path) {
            node = node.get(key);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    /** Sets a mapping's value in place, or appends the pair. */
    public Node put(String key, Node newValue) {
        int index = indexOfKey(key);
        if (index >= 0) {
            mutableContent().set(index + 1, newValue);
        } else {
            add(string(key));
            add(newValue);
        }
        return this;
    }

    public Node put(String key, String text) {
        return put(key, string(text));
    }

    /**
     * Sets the value at a path and makes the mappings that are missing on the way; what is no
     * mapping there is replaced.
     */
    public Node putAt(Node newValue, String... path) {
        Node node = this;
        for (int i = 0; i < path.length - 1; i++) {
            node = node.mappingAt(path[i]);
        }
        node.put(path[path.length - 1], newValue);
        return this;
    }

    /** The mapping at a key; made where it is missing or no mapping. */
    public Node mappingAt(String key) {
        Node found = get(key);
        if (found == null || !found.isMapping()) {
            found = mapping();
            put(key, found);
        }
        return found;
    }

    /** Removes a pair; gives its value, null where there was none. */
    public @Nullable Node remove(String key) {
        int index = indexOfKey(key);
        if (index < 0) {
            return null;
        }
        content.remove(index);
        return content.remove(index);
    }

    /** Removes the value at a path; gives it, null where a step was missing. */
    public @Nullable Node removeAt(String... path) {
        Node node = this;
        for (int i = 0; i < path.length - 1; i++) {
            node = node.get(path[i]);
            if (node == null) {
                return null;
            }
        }
        return node.remove(path[path.length - 1]);
    }

    /**
     * Takes over everything that another node is, but its position; the other must not be used any
     * more.
     */
    public Node become(Node other) {
        kind = other.kind;
        value = other.value;
        content = other.content;
        target = other.target;
        copyPresentation(other);
        return this;
    }

    /** A copy that shares nothing but the targets of aliases, which stay those of the original. */
    public Node deepCopy() {
        Node copy = new Node(kind);
        copy.become(this);
        copy.setPosition(line(), column());
        if (!content.isEmpty()) {
            List<Node> children = new ArrayList<>(content.size());
            for (Node child : content) {
                children.add(child.deepCopy());
            }
            copy.content = children;
        } else {
            copy.content = NO_CONTENT;
        }
        return copy;
    }

    /**
     * The same data: kinds, types, texts and order; not style, comments, anchors and positions.
     * Aliases are the same where their names are.
     */
    public boolean sameAs(Node other) {
        if (this == other) {
            return true;
        }
        if (kind != other.kind
                || content.size() != other.content.size()
                || !value.equals(other.value)) {
            return false;
        }
        if (!tag().equals(other.tag())) {
            return false;
        }
        for (int i = 0; i < content.size(); i++) {
            if (!content.get(i).sameAs(other.content.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Looks at every tag now, so that the tree can be read by several threads. */
    public Node resolveTags() {
        tag();
        content.forEach(Node::resolveTags);
        return this;
    }

    /** Kind, position and shape, never a value: a node may hold a secret. */
    @Override
    public String toString() {
        return kind + (line() > 0 ? " at line " + line() : "") + " of " + size();
    }
}
