package dev.sluice.yaml;

import java.util.HashMap;
import java.util.Map;

/** Makes the nodes of a text, counts them, and remembers those with anchors. */
final class NodeFactory {
    private final ReaderOptions options;
    private final Map<String, Node> anchors = new HashMap<>();
    private int made;

    NodeFactory(ReaderOptions options) {
        this.options = options;
    }

    Node make(Node node, Properties properties) {
        node.setPosition(properties.start().line() + 1, properties.start().column() + 1);
        if (!properties.tag().isEmpty() && !properties.tag().equals("!")) {
            node.setWrittenTag(properties.tag());
        }
        String anchor = properties.anchor();
        if (anchor != null) {
            node.setAnchor(anchor);
            anchors.put(anchor, node);
        }
        return count(node);
    }

    Node scalar(Properties properties, Token token) {
        Node node = Node.plain(token.value);
        if (token.style == Style.PLAIN && options.resolver() == ScalarResolver.YAML11) {
            seeAsYaml11(node);
        }
        node.setParsedStyle(token.style);
        return make(node, properties);
    }

    private static void seeAsYaml11(Node node) {
        String tag = ScalarResolver.YAML11.tagOf(node.value());
        boolean bool = tag.equals(Tags.BOOL);
        // That library hands out dates as the text that they are.
        if (bool || tag.equals(Tags.TIMESTAMP)) {
            node.setImplicitTag(bool ? tag : Tags.STR);
        }
    }

    Node alias(Token token) {
        Node target = anchors.get(token.value);
        if (target == null) {
            throw new YamlException("unknown anchor '" + token.value + "' referenced", 0);
        }
        return count(Node.alias(target))
                .setPosition(token.start.line() + 1, token.start.column() + 1);
    }

    /** A mapping that nothing but a pair in a flow sequence announces. */
    Node pair(Mark start) {
        return count(Node.mapping())
                .setStyle(Style.FLOW)
                .setPosition(start.line() + 1, start.column() + 1);
    }

    /** Nothing is written: null. */
    Node empty(Mark mark) {
        return count(Node.plain("")).setPosition(mark.line() + 1, mark.column() + 1);
    }

    /** Nothing behind an indicator. */
    Node emptyBehind(Token indicator, int width) {
        Mark mark = indicator.start;
        return empty(new Mark(mark.index() + width, mark.line(), mark.column() + width));
    }

    private Node count(Node node) {
        if (++made > options.limits().maxNodes()) {
            throw new YamlException(
                    "document holds more than " + options.limits().maxNodes() + " nodes", 0);
        }
        return node;
    }
}
