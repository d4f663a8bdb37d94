package dev.sluice.yaml;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree as JSON sees it: aliases replaced, merge keys taken in, keys that are strings, each once.
 * What JSON can't hold fails with a {@link YamlException} in Go's words. One instance serves one
 * tree: it counts what aliases bring in.
 */
final class JsonValues {
    /** A key's text and its value. */
    record Member(String name, Node value) {}

    /** Null: keys stay as they are. */
    private final @Nullable Comparator<String> order;

    private final boolean yaml11;
    private boolean written = true;
    private int flowDepth;

    JsonValues(@Nullable Comparator<String> order) {
        this(order, ScalarResolver.CORE);
    }

    /**
     * @param resolver that of the reader; with YAML 1.1 keys of all types become strings and of
     *     duplicate keys the last counts
     */
    JsonValues(@Nullable Comparator<String> order, ScalarResolver resolver) {
        this.yaml11 = resolver == ScalarResolver.YAML11;
        this.order = order;
    }

    /** Values are taken from the nodes and not from what they read as when they are written. */
    JsonValues unwritten() {
        written = false;
        return this;
    }

    /**
     * The pairs of a mapping in order.
     *
     * @param top at the top of a document keys of other types are taken by their text
     */
    List<Member> members(Node mapping, boolean top) {
        List<Node> content = mapping.content();
        List<Member> members = new ArrayList<>(mapping.size());
        boolean sorted = order != null;
        String previous = null;
        for (int i = 0; i + 1 < content.size(); i += 2) {
            String name = name(content.get(i), top);
            sorted =
                    sorted
                            && order != null
                            && (previous == null || order.compare(previous, name) < 0);
            members.add(new Member(name, content.get(i + 1)));
            previous = name;
        }
        if (!sorted) {
            refuseDuplicates(members, mapping);
            if (order != null) {
                members.sort((left, right) -> order.compare(left.name(), right.name()));
            }
        }
        return members;
    }

    private String name(Node key, boolean top) {
        if (!key.isScalar()) {
            throw YamlException.worded("yaml: invalid map key");
        }
        String tag = key.tag();
        boolean typed =
                switch (tag) {
                    case Tags.BOOL, Tags.INT, Tags.FLOAT, Tags.NULL, Tags.TIMESTAMP -> true;
                    default -> false;
                };
        if (typed && yaml11) {
            return typedName(value(key));
        }
        if (typed && !top) {
            throw YamlException.worded("json: unsupported type: map[interface {}]interface {}");
        }
        return key.value();
    }

    private static String typedName(Scalar key) {
        return switch (key) {
            case Scalar.Floating(double number) -> GoNumbers.general((float) number);
            case Scalar.Bool(boolean bool) -> Boolean.toString(bool);
            case Scalar.Int(long number) -> Long.toString(number);
            case Scalar.Str(String text, _) -> text;
            default -> throw YamlException.worded("unsupported map key of type " + key.tag());
        };
    }

    private void refuseDuplicates(List<Member> members, Node mapping) {
        Set<String> seen = HashSet.newHashSet(members.size());
        for (Member member : members) {
            if (!seen.add(member.name()) && !yaml11) {
                throw DuplicateKeys.error(mapping, member.name());
            }
        }
    }

    /** The children of a collection come next. */
    void enter(Node collection) {
        if (flowDepth > 0 || collection.style() == Style.FLOW) {
            flowDepth++;
        }
    }

    /** The children of the collection entered last are done. */
    void leave() {
        flowDepth = Math.max(0, flowDepth - 1);
    }

    /** A scalar's value; a binary one is decoded. */
    Scalar value(Node node) {
        boolean rereads = written && !yaml11;
        if (rereads && flowDepth > 0 && node.value().isEmpty() && !node.hasWrittenTag()) {
            // Nothing between brackets can be written only as an empty text.
            return new Scalar.Str("");
        }
        Scalar value = ScalarResolver.CORE.resolve(node);
        if (value instanceof Scalar.Str(String text, String tag) && tag.equals(Tags.BINARY)) {
            return new Scalar.Str(decode(text, node.line()));
        }
        if (value instanceof Scalar.Str(String text, String tag)
                && rereads
                && flowDepth == 0
                && (node.style() != Style.PLAIN || Rereading.startsWithTab(text))) {
            return new Scalar.Str(Rereading.afterBlocks(node, text), tag);
        }
        if (value instanceof Scalar.Timestamp timestamp) {
            return new Scalar.Str(timestamp.rfc3339());
        }
        return value;
    }

    private static String decode(String text, int line) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text);
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new YamlException("!!binary value contains invalid base64 data", line);
        }
    }

    /** How a value that is no string stands in YAML that was made from JSON. */
    String plainText(Scalar value) {
        return switch (value) {
            case Scalar.Null _ -> "null";
            case Scalar.Bool(boolean bool) -> Boolean.toString(bool);
            case Scalar.Int(long number) -> Long.toString(number);
            case Scalar.Uint(long bits) -> Long.toUnsignedString(bits);
            case Scalar.Floating(double number) -> reread(jsonFloat(number));
            case Scalar.Str(String text, _) -> text;
            case Scalar.Timestamp timestamp -> timestamp.rfc3339();
        };
    }

    /**
     * JSON knows no difference between 1 and 1.0: what it prints without a point is read as an
     * integer.
     */
    private static String reread(String json) {
        return switch (ScalarResolver.YAML11.resolvePlain(json)) {
            case Scalar.Int(long number) -> Long.toString(number);
            case Scalar.Uint(long bits) -> Long.toUnsignedString(bits);
            case Scalar.Floating(double number) -> GoNumbers.general(number);
            default -> json;
        };
    }

    static String jsonFloat(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw YamlException.worded("json: unsupported value: " + GoNumbers.general(number));
        }
        return GoNumbers.json(number);
    }
}
