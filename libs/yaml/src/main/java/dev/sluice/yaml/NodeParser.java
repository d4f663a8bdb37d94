package dev.sluice.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds nodes from tokens. Recursion is bounded by the scanner's limit of depth. */
final class NodeParser {
    private static final int FEW = 4;

    private final Source source;
    private final Scanner scanner;
    private final ReaderOptions options;
    private final @Nullable CommentScanner comments;
    private final Map<String, String> tagPrefixes = new HashMap<>();
    private final Map<String, Node> anchors = new HashMap<>();

    private boolean started;
    private int nodes;

    NodeParser(Source source, Scanner scanner, ReaderOptions options) {
        this.source = source;
        this.scanner = scanner;
        this.options = options;
        comments = scanner.comments();
    }

    /** The next document; null after the last. */
    @Nullable Document document() {
        Token token = peek();
        while (started && token.is(Token.Type.DOCUMENT_END)) {
            scanner.take();
            token = peek();
        }
        if (token.is(Token.Type.STREAM_END)) {
            return null;
        }
        boolean implicit = !started && !isDirective(token) && !token.is(Token.Type.DOCUMENT_START);
        started = true;
        Comments head = Comments.NONE;
        directives();
        Node root;
        if (implicit) {
            if (comments != null) {
                head = head.withHead(comments.takeDocumentHead());
            }
            root = node(true, false);
        } else {
            if (!peek().is(Token.Type.DOCUMENT_START)) {
                throw source.structureError(
                        Mark.START, "did not find expected <document start>", peek().start);
            }
            scanner.take();
            root = content();
        }
        return new Document(root, endDocument(head));
    }

    private Node content() {
        Token token = peek();
        boolean none =
                isDirective(token)
                        || switch (token.type) {
                            case DOCUMENT_START, DOCUMENT_END, STREAM_END -> true;
                            default -> false;
                        };
        return none ? empty(token.start) : node(true, false);
    }

    private Comments endDocument(Comments head) {
        if (peek().is(Token.Type.DOCUMENT_END)) {
            scanner.take();
        }
        tagPrefixes.clear();
        if (comments == null) {
            return head;
        }
        Comments end = comments.take();
        return head.withFoot(end.foot().isEmpty() ? end.head() : end.foot());
    }

    private static boolean isDirective(Token token) {
        return token.is(Token.Type.VERSION_DIRECTIVE) || token.is(Token.Type.TAG_DIRECTIVE);
    }

    private void directives() {
        boolean versionSeen = false;
        while (isDirective(peek())) {
            Token token = scanner.take();
            if (token.is(Token.Type.TAG_DIRECTIVE)) {
                if (tagPrefixes.put(token.value, token.suffix) != null) {
                    throw source.structureError(
                            Mark.START, "found duplicate %TAG directive", token.start);
                }
                continue;
            }
            if (versionSeen) {
                throw source.structureError(
                        Mark.START, "found duplicate %YAML directive", token.start);
            }
            if (!token.value.equals("1.1")) {
                throw source.structureError(
                        Mark.START, "found incompatible YAML document", token.start);
            }
            versionSeen = true;
        }
        tagPrefixes.putIfAbsent("!", "!");
        tagPrefixes.putIfAbsent("!!", "tag:yaml.org,2002:");
    }

    private Token peek() {
        Token token = scanner.peek();
        if (comments != null) {
            comments.unfold(token);
        }
        return token;
    }

    /** What stands before a node: its anchor and tag, and where it began. */
    private record Properties(Mark start, @Nullable String anchor, String tag) {
        boolean isEmpty() {
            return anchor == null && tag.isEmpty();
        }
    }

    private Node node(boolean block, boolean indentless) {
        Token token = peek();
        if (token.is(Token.Type.ALIAS)) {
            return alias(token);
        }
        Properties properties = properties(token);
        token = peek();
        return switch (token.type) {
            case SCALAR -> scalar(properties, token);
            case FLOW_SEQUENCE_START ->
                    flowSequence(begin(Node.sequence(), properties, Style.FLOW));
            case FLOW_MAPPING_START -> flowMapping(begin(Node.mapping(), properties, Style.FLOW));
            case BLOCK_ENTRY -> {
                if (!indentless) {
                    yield emptyOrError(properties, token);
                }
                Node sequence = count(describe(Node.sequence(), properties));
                indentlessSequence(sequence);
                yield sequence;
            }
            case BLOCK_SEQUENCE_START, BLOCK_MAPPING_START -> {
                if (!block) {
                    yield emptyOrError(properties, token);
                }
                yield block(properties, token);
            }
            default -> emptyOrError(properties, token);
        };
    }

    private Node block(Properties properties, Token token) {
        boolean mapping = token.is(Token.Type.BLOCK_MAPPING_START);
        Node node = count(describe(mapping ? Node.mapping() : Node.sequence(), properties));
        if (comments != null) {
            node.setComments(new Comments(comments.takeStem(), "", ""));
        }
        scanner.take();
        if (mapping) {
            blockMapping(node, token.start);
        } else {
            blockSequence(node, token.start);
        }
        return node;
    }

    private Node begin(Node node, Properties properties, Style style) {
        count(describe(node, properties)).setStyle(style);
        takeComments(node);
        return node;
    }

    private void takeComments(Node node) {
        if (comments != null) {
            node.setComments(comments.take());
        }
    }

    private Node alias(Token token) {
        Node target = anchors.get(token.value);
        if (target == null) {
            throw new YamlException("unknown anchor '" + token.value + "' referenced", 0);
        }
        Node alias = count(Node.alias(target));
        alias.setPosition(token.start.line() + 1, token.start.column() + 1);
        takeComments(alias);
        scanner.take();
        return alias;
    }

    private Properties properties(Token first) {
        Mark start = first.start;
        String anchor = null;
        Token tag = null;
        for (Token token = first; ; token = peek()) {
            if (token.is(Token.Type.ANCHOR) && anchor == null) {
                anchor = scanner.take().value;
            } else if (token.is(Token.Type.TAG) && tag == null) {
                tag = scanner.take();
            } else {
                return new Properties(start, anchor, tag == null ? "" : fullTag(tag, start));
            }
        }
    }

    private String fullTag(Token tag, Mark start) {
        if (tag.value.isEmpty()) {
            return tag.suffix;
        }
        String prefix = tagPrefixes.get(tag.value);
        if (prefix == null) {
            throw source.structureError(start, "found undefined tag handle", tag.start);
        }
        return prefix + tag.suffix;
    }

    private Node scalar(Properties properties, Token token) {
        Node node = Node.plain(token.value);
        if (token.style == Style.PLAIN && options.resolver() == ScalarResolver.YAML11) {
            seeAsYaml11(node);
        }
        node.setParsedStyle(token.style);
        count(describe(node, properties));
        takeComments(node);
        scanner.take();
        return node;
    }

    private static void seeAsYaml11(Node node) {
        String tag = ScalarResolver.YAML11.tagOf(node.value());
        boolean bool = tag.equals(Tags.BOOL);
        // That library hands out dates as the text that they are.
        if (bool || tag.equals(Tags.TIMESTAMP)) {
            node.setImplicitTag(bool ? tag : Tags.STR);
        }
    }

    private Node emptyOrError(Properties properties, Token token) {
        if (!properties.isEmpty()) {
            return count(describe(Node.plain(""), properties));
        }
        throw source.structureError(
                properties.start(), "did not find expected node content", token.start);
    }

    private Node empty(Mark mark) {
        Node node = count(Node.plain(""));
        return node.setPosition(mark.line() + 1, mark.column() + 1);
    }

    /** Where an indicator of one character ends: an empty node stands there. */
    private Node emptyBehind(Token indicator, int width) {
        Mark mark = indicator.start;
        return empty(new Mark(mark.index() + width, mark.line(), mark.column() + width));
    }

    private Node describe(Node node, Properties properties) {
        node.setPosition(properties.start().line() + 1, properties.start().column() + 1);
        if (!properties.tag().isEmpty() && !properties.tag().equals("!")) {
            node.setWrittenTag(properties.tag());
        }
        String anchor = properties.anchor();
        if (anchor != null) {
            node.setAnchor(anchor);
            anchors.put(anchor, node);
        }
        return node;
    }

    private Node count(Node node) {
        if (++nodes > options.limits().maxNodes()) {
            throw new YamlException(
                    "document holds more than " + options.limits().maxNodes() + " nodes", 0);
        }
        return node;
    }

    private void blockSequence(Node sequence, Mark start) {
        List<Node> items = new ArrayList<>(FEW);
        sequence.setContent(items);
        while (true) {
            Token token = peek();
            if (token.is(Token.Type.BLOCK_END)) {
                scanner.take();
                return;
            }
            if (!token.is(Token.Type.BLOCK_ENTRY)) {
                throw source.structureError(
                        start, "did not find expected '-' indicator", token.start);
            }
            Token next = afterEntry();
            boolean none = next.is(Token.Type.BLOCK_ENTRY) || next.is(Token.Type.BLOCK_END);
            items.add(none ? emptyBehind(token, 1) : node(true, false));
        }
    }

    private void indentlessSequence(Node sequence) {
        List<Node> items = new ArrayList<>(FEW);
        sequence.setContent(items);
        for (Token token = peek(); token.is(Token.Type.BLOCK_ENTRY); token = peek()) {
            Token next = afterEntry();
            boolean none =
                    switch (next.type) {
                        case BLOCK_ENTRY, KEY, VALUE, BLOCK_END -> true;
                        default -> false;
                    };
            items.add(none ? emptyBehind(token, 1) : node(true, false));
        }
    }

    /** Goes over a hyphen. Comments above it belong to a collection that starts behind it. */
    private Token afterEntry() {
        int headLength = comments == null ? 0 : comments.headLength();
        scanner.take();
        if (comments != null && headLength > 0) {
            comments.splitStem(headLength, peek());
        }
        return peek();
    }

    private void blockMapping(Node mapping, Mark start) {
        List<Node> content = new ArrayList<>(2 * FEW);
        mapping.setContent(content);
        while (true) {
            Token token = peek();
            if (token.is(Token.Type.BLOCK_END)) {
                closeMapping(mapping, true);
                return;
            }
            if (!token.is(Token.Type.KEY)) {
                throw source.structureError(start, "did not find expected key", token.start);
            }
            scanner.take();
            content.add(endsPart(peek()) ? emptyBehind(token, 0) : node(true, true));
            CommentPlaces.afterBlockKey(mapping);
            content.add(blockValue());
            CommentPlaces.afterValue(mapping);
        }
    }

    private Node blockValue() {
        Token token = peek();
        if (!token.is(Token.Type.VALUE)) {
            return empty(token.start);
        }
        scanner.take();
        return endsPart(peek()) ? emptyBehind(token, 1) : node(true, true);
    }

    private static boolean endsPart(Token token) {
        return token.is(Token.Type.KEY)
                || token.is(Token.Type.VALUE)
                || token.is(Token.Type.BLOCK_END);
    }

    private void closeMapping(Node mapping, boolean block) {
        if (comments != null) {
            CommentPlaces.close(mapping, comments.take(), block);
        }
        scanner.take();
    }

    private Node flowSequence(Node sequence) {
        Mark start = scanner.take().start;
        List<Node> items = new ArrayList<>(FEW);
        sequence.setContent(items);
        for (boolean first = true; ; first = false) {
            Token token =
                    flowNext(
                            first,
                            Token.Type.FLOW_SEQUENCE_END,
                            start,
                            "did not find expected ',' or ']'");
            if (token.is(Token.Type.FLOW_SEQUENCE_END)) {
                if (comments != null) {
                    CommentPlaces.close(sequence, comments.take(), false);
                }
                scanner.take();
                return sequence;
            }
            items.add(token.is(Token.Type.KEY) ? singlePair(token) : node(false, false));
        }
    }

    /** The next entry's first token, or the end. */
    private Token flowNext(boolean first, Token.Type end, Mark start, String problem) {
        Token token = peek();
        if (first || token.is(end)) {
            return token;
        }
        if (!token.is(Token.Type.FLOW_ENTRY)) {
            throw source.structureError(start, problem, token.start);
        }
        scanner.take();
        return peek();
    }

    /** {@code [a: b]} holds a mapping of one pair. */
    private Node singlePair(Token key) {
        Node mapping = count(Node.mapping()).setStyle(Style.FLOW);
        mapping.setPosition(key.start.line() + 1, key.start.column() + 1);
        scanner.take();
        Token token = peek();
        boolean noKey = endsFlowPart(token) || token.is(Token.Type.FLOW_SEQUENCE_END);
        if (noKey) {
            // The library goes over the token here, even where it is the end.
            scanner.take();
            mapping.add(emptyBehind(token, 1));
        } else {
            mapping.add(node(false, false));
        }
        return mapping.add(flowValue(Token.Type.FLOW_SEQUENCE_END));
    }

    private Node flowValue(Token.Type end) {
        Token token = peek();
        if (token.is(Token.Type.VALUE)) {
            scanner.take();
            token = peek();
            if (!token.is(Token.Type.FLOW_ENTRY) && !token.is(end)) {
                return node(false, false);
            }
        }
        return empty(token.start);
    }

    private static boolean endsFlowPart(Token token) {
        return token.is(Token.Type.VALUE) || token.is(Token.Type.FLOW_ENTRY);
    }

    private Node flowMapping(Node mapping) {
        Mark start = scanner.take().start;
        List<Node> content = new ArrayList<>(2 * FEW);
        mapping.setContent(content);
        for (boolean first = true; ; first = false) {
            Token token =
                    flowNext(
                            first,
                            Token.Type.FLOW_MAPPING_END,
                            start,
                            "did not find expected ',' or '}'");
            if (token.is(Token.Type.FLOW_MAPPING_END)) {
                closeMapping(mapping, false);
                return mapping;
            }
            if (token.is(Token.Type.KEY)) {
                scanner.take();
                token = peek();
                boolean noKey = endsFlowPart(token) || token.is(Token.Type.FLOW_MAPPING_END);
                content.add(noKey ? empty(token.start) : node(false, false));
                content.add(flowValue(Token.Type.FLOW_MAPPING_END));
            } else {
                content.add(node(false, false));
                content.add(empty(peek().start));
            }
            CommentPlaces.afterValue(mapping);
        }
    }
}
