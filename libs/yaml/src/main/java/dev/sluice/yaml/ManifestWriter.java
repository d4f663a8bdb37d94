package dev.sluice.yaml;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a tree as kustomize prints it: through JSON, so keys are sorted, numbers normalised, and
 * comments, anchors, tags and styles gone; then as sigs.k8s.io/yaml writes JSON.
 */
final class ManifestWriter {
    private static final int STEP = 2;

    /** Longer keys are written behind a question mark. In UTF-8. */
    private static final int MAX_SIMPLE_KEY = 128;

    private final TextOutput out;
    private final ScalarWriter scalars;
    private final JsonValues values;

    ManifestWriter(StringBuilder text, JsonValues values) {
        out = new TextOutput(text, Dialect.CLASSIC);
        scalars = new ScalarWriter(out, Dialect.CLASSIC, STEP);
        this.values = values;
    }

    void document(Node root) {
        node(root, -1, false, true);
        out.indent(0);
    }

    /**
     * @param indent of the collection around; -1 at the top
     * @param pairValue it stands behind a key
     */
    private void node(Node node, int indent, boolean pairValue, boolean top) {
        switch (node.kind()) {
            case MAPPING -> mapping(node, indent, top);
            case SEQUENCE -> sequence(node, indent, pairValue);
            case SCALAR -> scalar(node, indent);
            case ALIAS -> throw new IllegalStateException("aliases are replaced before");
        }
    }

    private static int deeper(int indent) {
        return indent < 0 ? 0 : indent + STEP;
    }

    private void sequence(Node sequence, int indent, boolean pairValue) {
        if (sequence.isEmpty()) {
            emptyCollection("[", "]");
            return;
        }
        boolean beneathKey = pairValue && !out.indention;
        int inner = beneathKey ? indent : deeper(indent);
        values.enter(sequence);
        for (Node item : sequence.content()) {
            out.indent(inner);
            out.indicator("-", true, false, true);
            node(item, inner, false, false);
        }
        values.leave();
    }

    private void emptyCollection(String open, String close) {
        out.indicator(open, true, true, false);
        out.indicator(close, false, false, false);
    }

    private void mapping(Node mapping, int indent, boolean top) {
        List<JsonValues.Member> members = values.members(mapping, top);
        if (members.isEmpty()) {
            emptyCollection("{", "}");
            return;
        }
        int inner = deeper(indent);
        values.enter(mapping);
        for (JsonValues.Member member : members) {
            out.indent(inner);
            if (key(Rereading.afterJson(member.name()), inner)) {
                out.indicator(":", false, false, false);
            } else {
                out.indent(inner);
                out.indicator(":", true, false, true);
            }
            node(member.value(), inner, true, false);
        }
        values.leave();
    }

    /** Gives whether the key is a simple one, on one line and not too long. */
    private boolean key(String name, int indent) {
        ScalarShape shape = ScalarShape.of(name, Dialect.CLASSIC);
        boolean simple =
                !shape.multiline()
                        && (name.length() <= MAX_SIMPLE_KEY / 3
                                || utf8Length(name) <= MAX_SIMPLE_KEY);
        if (!simple) {
            out.indicator("?", true, false, true);
        }
        string(name, shape, indent + STEP, simple);
        return simple;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void scalar(Node node, int indent) {
        int inner = indent < 0 ? STEP : indent + STEP;
        Scalar value = values.value(node);
        if (value instanceof Scalar.Str(String original, _)) {
            String text = Rereading.afterJson(original);
            string(text, ScalarShape.of(text, Dialect.CLASSIC), inner, false);
        } else {
            scalars.plain(values.plainText(value), inner, false);
        }
    }

    private void string(String text, ScalarShape shape, int indent, boolean simpleKey) {
        switch (style(text, shape, simpleKey)) {
            case PLAIN -> scalars.plain(text, indent, !simpleKey);
            case SINGLE_QUOTED -> scalars.singleQuoted(text, indent, !simpleKey);
            case LITERAL -> scalars.literal(text, indent, out::putBreak);
            default -> scalars.doubleQuoted(text, indent, !simpleKey);
        }
    }

    private static Style style(String text, ScalarShape shape, boolean simpleKey) {
        if (text.indexOf('\n') >= 0) {
            return shape.block() && !simpleKey ? Style.LITERAL : Style.DOUBLE_QUOTED;
        }
        if (QuotingRules.looksTyped(text, ScalarResolver.YAML11)
                || (simpleKey && shape.multiline())) {
            return Style.DOUBLE_QUOTED;
        }
        if (shape.blockPlain() && !text.isEmpty()) {
            return Style.PLAIN;
        }
        return shape.singleQuoted() ? Style.SINGLE_QUOTED : Style.DOUBLE_QUOTED;
    }
}
