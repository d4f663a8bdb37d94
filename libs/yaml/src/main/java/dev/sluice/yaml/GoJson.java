package dev.sluice.yaml;

import java.util.Comparator;
import java.util.List;

/**
 * JSON as Go's encoding/json prints it: compact, keys sorted by their bytes, {@code <}, {@code >},
 * {@code &}, U+2028 and U+2029 escaped. Digests of names are taken over this text, so it must agree
 * to the byte.
 */
public final class GoJson {
    private static final String HEX = "0123456789abcdef";

    /** UTF-8's order: that of code points, which UTF-16's is not. */
    private static final Comparator<String> BYTES = GoJson::compareCodePoints;

    private final StringBuilder out;
    private final boolean escapeHtml;
    private final JsonValues values;

    private GoJson(StringBuilder out, boolean escapeHtml) {
        this(out, escapeHtml, new JsonValues(BYTES));
    }

    private GoJson(StringBuilder out, boolean escapeHtml, JsonValues values) {
        this.out = out;
        this.escapeHtml = escapeHtml;
        this.values = values;
    }

    /**
     * A tree as json.Marshal prints it.
     *
     * @throws YamlException where the tree holds what JSON can't
     */
    public static String write(Node root) {
        return write(root, true);
    }

    /**
     * @param escapeHtml false leaves {@code <}, {@code >} and {@code &} as they are
     */
    public static String write(Node root, boolean escapeHtml) {
        StringBuilder out = new StringBuilder(256);
        new GoJson(out, escapeHtml).node(Anchors.inlinedCopy(root, YamlLimits.DEFAULT), true);
        return out.toString();
    }

    /**
     * A tree by its nodes alone, where {@link #write(Node)} gives what they would read as once they
     * were written as YAML.
     *
     * @throws YamlException where the tree holds what JSON can't
     */
    public static String writeDecoded(Node root, YamlLimits limits) {
        StringBuilder out = new StringBuilder(256);
        JsonValues values = new JsonValues(BYTES).unwritten();
        new GoJson(out, true, values).node(Anchors.inlinedCopy(root, limits), true);
        return out.toString();
    }

    /** A string in its quotes. */
    public static String quote(String text, boolean escapeHtml) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        new GoJson(out, escapeHtml).string(text);
        return out.toString();
    }

    private void node(Node node, boolean top) {
        switch (node.kind()) {
            case MAPPING -> {
                List<JsonValues.Member> members = values.members(node, top);
                values.enter(node);
                mapping(members);
                values.leave();
            }
            case SEQUENCE -> {
                values.enter(node);
                sequence(node.content());
                values.leave();
            }
            case SCALAR -> scalar(values.value(node));
            case ALIAS -> throw new IllegalStateException("aliases are replaced before");
        }
    }

    private void mapping(List<JsonValues.Member> members) {
        out.append('{');
        String separator = "";
        for (JsonValues.Member member : members) {
            out.append(separator);
            separator = ",";
            string(member.name());
            out.append(':');
            node(member.value(), false);
        }
        out.append('}');
    }

    private void sequence(List<Node> items) {
        out.append('[');
        String separator = "";
        for (Node item : items) {
            out.append(separator);
            separator = ",";
            node(item, false);
        }
        out.append(']');
    }

    private void scalar(Scalar value) {
        switch (value) {
            case Scalar.Floating(double number) -> out.append(JsonValues.jsonFloat(number));
            case Scalar.Str(String text, _) -> string(text);
            default -> out.append(values.plainText(value));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\' && !isHtml(c) && c < 0x2028) {
                out.append(c);
            } else {
                special(text, i);
            }
        }
        out.append('"');
    }

    private boolean isHtml(char c) {
        return escapeHtml && (c == '<' || c == '>' || c == '&');
    }

    private void special(String text, int index) {
        char c = text.charAt(index);
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\u2028' -> out.append("\\u2028");
            case '\u2029' -> out.append("\\u2029");
            default -> {
                if (c < 0x20 || isHtml(c)) {
                    out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
                } else {
                    out.append(isLoneSurrogate(text, index) ? '\uFFFD' : c);
                }
            }
        }
    }

    private static boolean isLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c)
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    private static int compareCodePoints(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                // Surrogates stand for what lies beyond all other characters.
                return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
