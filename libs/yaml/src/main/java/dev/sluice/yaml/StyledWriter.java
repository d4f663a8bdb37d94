package dev.sluice.yaml;

import java.nio.charset.StandardCharsets;

/** Writes a tree as go-yaml v3 does: with its styles, tags, anchors and comments, in its order. */
final class StyledWriter {
    private static final int MAX_SIMPLE_KEY = 128;
    private static final int UNINDENTED = -1;

    private final TextOutput out;
    private final ScalarWriter scalars;
    private final PendingComments comments;
    private final int step;
    private final boolean compactSequences;

    /** The indentation of the collection that is being written. */
    private int indent = UNINDENTED;

    private int flowLevel;

    /** Where a node stands. */
    private enum Place {
        ROOT,
        ITEM,
        KEY,
        VALUE
    }

    StyledWriter(StringBuilder text, int step, boolean compactSequences) {
        out = new TextOutput(text, Dialect.MODERN);
        scalars = new ScalarWriter(out, Dialect.MODERN, step);
        comments = new PendingComments(out);
        this.step = step;
        this.compactSequences = compactSequences;
    }

    void document(Document document, boolean first) {
        if (!first) {
            out.indent(indent);
            out.indicator("---", true, false, false);
            out.indent(indent);
        }
        comments.meet(new Comments(document.comments().head(), "", ""));
        if (comments.anyHead()) {
            comments.writeHead(indent);
            out.putBreak();
        }
        Node root = document.root();
        meet(root, "");
        comments.writeHead(indent);
        node(root, Place.ROOT, false);
        comments.meet(new Comments("", "", document.comments().foot()));
        out.footIndent = 0;
        comments.writeFoot(indent);
        out.footIndent = -1;
        out.indent(indent);
    }

    /** Takes the comments that come with a node's start. */
    private void meet(Node node, String tail) {
        boolean collection = node.isMapping() || node.isSequence();
        comments.meet(collection ? new Comments(node.comments().head(), "", "") : node.comments());
        if (!node.isSequence()) {
            comments.meetTail(tail);
        }
    }

    /** Writes a node whose comments were met, and those comments behind its start. */
    private void node(Node node, Place place, boolean simpleKey) {
        switch (node.kind()) {
            case ALIAS -> {
                out.indicator("*", true, false, false);
                out.append(node.value(), 0, node.value().length());
                out.content();
            }
            case SCALAR -> scalar(node, place, simpleKey);
            case MAPPING, SEQUENCE -> properties(node, explicitTag(node));
        }
        if (place != Place.KEY) {
            boolean separate = flowLevel > 0 && comments.anyBehind();
            if (separate) {
                out.indicator(",", false, false, false);
            }
            comments.writeLine(indent);
            comments.writeFoot(indent);
        }
        if (node.isMapping() || node.isSequence()) {
            collection(node, place);
        }
    }

    private void collection(Node node, Place place) {
        boolean flow = flowLevel > 0 || node.style() == Style.FLOW || node.isEmpty();
        int outer = indent;
        if (node.isSequence()) {
            if (flow) {
                flowSequence(node, place, outer);
            } else {
                blockSequence(node, place, outer);
            }
        } else if (flow) {
            flowMapping(node, place, outer);
        } else {
            blockMapping(node, place, outer);
        }
    }

    private int deeper(Place place, boolean flow, boolean compact) {
        if (indent < 0) {
            return flow ? step : 0;
        }
        if (place == Place.ITEM && flowLevel == 0) {
            return indent + 2;
        }
        return step * ((indent + step) / step) - (compact ? 2 : 0);
    }

    private void properties(Node node, String tag) {
        String anchor = node.anchor();
        if (anchor != null) {
            out.indicator("&", true, false, false);
            out.append(anchor, 0, anchor.length());
            out.content();
        }
        if (!tag.isEmpty()) {
            if (!out.whitespace) {
                out.put(' ');
            }
            String written = tag.startsWith("!") ? tag : "!<" + tag + ">";
            out.append(written, 0, written.length());
            out.content();
        }
    }

    /** The tag to be written; empty where text and style say it already. */
    private static String explicitTag(Node node) {
        String tag = node.tag();
        if (node.hasWrittenTag()) {
            return tag;
        }
        if (!node.isScalar()) {
            return tag.equals(node.isMapping() ? Tags.MAP : Tags.SEQ) ? "" : tag;
        }
        return tag.equals(Tags.STR) || tag.equals(ScalarResolver.CORE.tagOf(node.value()))
                ? ""
                : tag;
    }

    private void scalar(Node node, Place place, boolean simpleKey) {
        String tag = explicitTag(node);
        properties(node, tag);
        String text = node.value();
        ScalarShape shape = ScalarShape.of(text, Dialect.MODERN);
        int inner = deeper(place, true, false);
        switch (style(node, shape, simpleKey)) {
            case PLAIN, FLOW -> scalars.plain(text, inner, !simpleKey);
            case SINGLE_QUOTED -> scalars.singleQuoted(text, inner, !simpleKey);
            case DOUBLE_QUOTED -> scalars.doubleQuoted(text, inner, !simpleKey);
            case LITERAL -> scalars.literal(text, inner, () -> comments.writeLineOrBreak(inner));
            case FOLDED -> scalars.folded(text, inner, () -> comments.writeLineOrBreak(inner));
        }
    }

    private Style style(Node node, ScalarShape shape, boolean simpleKey) {
        String text = node.value();
        Style style = node.style();
        if (style == Style.PLAIN || style == Style.FLOW) {
            boolean typed =
                    node.tag().equals(Tags.STR)
                            && !node.hasWrittenTag()
                            && !ScalarResolver.CORE.tagOf(text).equals(Tags.STR);
            style =
                    text.indexOf('\n') >= 0
                            ? Style.LITERAL
                            : typed ? Style.DOUBLE_QUOTED : Style.PLAIN;
        }
        if (simpleKey && shape.multiline()) {
            style = Style.DOUBLE_QUOTED;
        }
        if (style == Style.PLAIN) {
            boolean allowed = flowLevel > 0 ? shape.flowPlain() : shape.blockPlain();
            boolean invisible = text.isEmpty() && (flowLevel > 0 || simpleKey);
            style = allowed && !invisible ? Style.PLAIN : Style.SINGLE_QUOTED;
        }
        if (style == Style.SINGLE_QUOTED && !shape.singleQuoted()) {
            style = Style.DOUBLE_QUOTED;
        }
        boolean block = style == Style.LITERAL || style == Style.FOLDED;
        return block && (!shape.block() || flowLevel > 0 || simpleKey)
                ? Style.DOUBLE_QUOTED
                : style;
    }

    private static boolean isSimpleKey(Node key) {
        int length =
                switch (key.kind()) {
                    case SCALAR ->
                            ScalarShape.of(key.value(), Dialect.MODERN).multiline()
                                    ? MAX_SIMPLE_KEY + 1
                                    : utf8Length(key.value());
                    case ALIAS -> key.value().length();
                    case MAPPING, SEQUENCE -> key.isEmpty() ? 0 : MAX_SIMPLE_KEY + 1;
                };
        String anchor = key.anchor();
        return length + (anchor == null ? 0 : anchor.length()) + explicitTag(key).length()
                <= MAX_SIMPLE_KEY;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void meetEnd(Node collection) {
        comments.meet(new Comments("", collection.comments().line(), collection.comments().foot()));
    }

    private void blockSequence(Node sequence, Place place, int outer) {
        boolean compact =
                compactSequences
                        && (place == Place.VALUE || place == Place.KEY)
                        && (out.column == 0 || !out.indention);
        indent = deeper(place, false, compact);
        for (Node item : sequence.content()) {
            meet(item, "");
            comments.writeHead(indent);
            out.indent(indent);
            out.indicator("-", true, false, true);
            node(item, Place.ITEM, false);
        }
        meetEnd(sequence);
        indent = outer;
    }

    private void blockMapping(Node mapping, Place place, int outer) {
        indent = deeper(place, false, false);
        String tail = "";
        for (Entry entry : mapping.entries()) {
            tail = meetKey(entry.key(), tail);
            comments.writeHead(indent);
            out.indent(indent);
            comments.keepKeyLine();
            boolean simple = isSimpleKey(entry.key());
            if (!simple) {
                out.indicator("?", true, false, true);
            }
            node(entry.key(), Place.KEY, simple);
            if (!simple) {
                out.indent(indent);
            }
            out.indicator(":", !simple, false, !simple);
            meet(entry.value(), "");
            comments.placeKeyLine(entry.value(), indent);
            node(entry.value(), Place.VALUE, false);
        }
        comments.meetTail(tail);
        meetEnd(mapping);
        comments.writeHead(indent);
        indent = outer;
    }

    /** Takes a key's comments, but its foot: that waits for the value. Gives it. */
    private String meetKey(Node key, String tail) {
        String foot = key.comments().foot();
        boolean collection = key.isMapping() || key.isSequence();
        comments.meet(
                new Comments(key.comments().head(), collection ? "" : key.comments().line(), ""));
        if (!key.isSequence() && !key.isAlias()) {
            comments.meetTail(tail);
        }
        return foot;
    }

    private void openFlow(String bracket, Place place) {
        out.indicator(bracket, true, true, false);
        indent = deeper(place, true, false);
        flowLevel++;
    }

    private void closeFlow(String bracket, int outer) {
        flowLevel--;
        indent = outer;
        if (out.column == 0) {
            out.indent(indent);
        }
        out.indicator(bracket, false, false, false);
        comments.writeLine(indent);
        comments.writeFoot(indent);
    }

    private void flowSequence(Node sequence, Place place, int outer) {
        openFlow("[", place);
        boolean separated = true;
        for (Node item : sequence.content()) {
            meet(item, "");
            if (!separated) {
                out.indicator(",", false, false, false);
            }
            comments.writeHead(indent);
            if (out.column == 0) {
                out.indent(indent);
            }
            separated = comments.anyBehind();
            node(item, Place.ITEM, false);
        }
        meetEnd(sequence);
        closeFlow("]", outer);
    }

    private void flowMapping(Node mapping, Place place, int outer) {
        openFlow("{", place);
        boolean separated = true;
        String tail = "";
        for (Entry entry : mapping.entries()) {
            tail = meetKey(entry.key(), tail);
            if (!separated) {
                out.indicator(",", false, false, false);
            }
            comments.writeHead(indent);
            if (out.column == 0) {
                out.indent(indent);
            }
            boolean simple = isSimpleKey(entry.key());
            if (!simple) {
                out.indicator("?", true, false, false);
            }
            node(entry.key(), Place.KEY, simple);
            out.indicator(":", !simple, false, false);
            meet(entry.value(), "");
            separated = comments.anyBehind();
            node(entry.value(), Place.VALUE, false);
        }
        comments.meetTail(tail);
        meetEnd(mapping);
        if (!separated && comments.anyAround()) {
            out.indicator(",", false, false, false);
        }
        comments.writeHead(indent);
        closeFlow("}", outer);
    }
}
