package dev.sluice.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds nodes from tokens. Recursion is bounded by the scanner's limit of depth. */
final class NodeParser {
    private static final int FEW = 4;

    private final Source source;
    private final Scanner scanner;
    private final NodeFactory nodes;
    private final Directives directives;
    private final @Nullable CommentScanner comments;

    private boolean started;

    NodeParser(Source source, Scanner scanner, ReaderOptions options) {
        this.source = source;
        this.scanner = scanner;
        nodes = new NodeFactory(options);
        directives = new Directives(source);
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
        boolean implicit =
                !started && !Directives.isDirective(token) && !token.is(Token.Type.DOCUMENT_START);
        started = true;
        Comments head = Comments.NONE;
        directives.read(this::peek, scanner::take);
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
                Directives.isDirective(token)
                        || switch (token.type) {
                            case DOCUMENT_START, DOCUMENT_END, STREAM_END -> true;
                            default -> false;
                        };
        return none ? nodes.empty(token.start) : node(true, false);
    }

    private Comments endDocument(Comments head) {
        if (peek().is(Token.Type.DOCUMENT_END)) {
            scanner.take();
        }
        directives.forget();
        if (comments == null) {
            return head;
        }
        Comments end = comments.take();
        return head.withFoot(end.foot().isEmpty() ? end.head() : end.foot());
    }

    private Token peek() {
        Token token = scanner.peek();
        if (comments != null) {
            comments.unfold(token);
        }
        return token;
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
                Node sequence = nodes.make(Node.sequence(), properties);
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
        Node node = nodes.make(mapping ? Node.mapping() : Node.sequence(), properties);
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
        nodes.make(node, properties).setStyle(style);
        takeComments(node);
        return node;
    }

    private void takeComments(Node node) {
        if (comments != null) {
            node.setComments(comments.take());
        }
    }

    private Node alias(Token token) {
        Node alias = nodes.alias(token);
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
                return new Properties(
                        start, anchor, tag == null ? "" : directives.fullTag(tag, start));
            }
        }
    }

    private Node scalar(Properties properties, Token token) {
        Node node = nodes.scalar(properties, token);
        takeComments(node);
        scanner.take();
        return node;
    }

    private Node emptyOrError(Properties properties, Token token) {
        if (!properties.isEmpty()) {
            return nodes.make(Node.plain(""), properties);
        }
        throw source.structureError(
                properties.start(), "did not find expected node content", token.start);
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
            items.add(none ? nodes.emptyBehind(token, 1) : node(true, false));
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
            items.add(none ? nodes.emptyBehind(token, 1) : node(true, false));
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
            content.add(endsPart(peek()) ? nodes.emptyBehind(token, 0) : node(true, true));
            CommentPlaces.afterBlockKey(mapping);
            content.add(blockValue());
            CommentPlaces.afterValue(mapping);
        }
    }

    private Node blockValue() {
        Token token = peek();
        if (!token.is(Token.Type.VALUE)) {
            return nodes.empty(token.start);
        }
        scanner.take();
        return endsPart(peek()) ? nodes.emptyBehind(token, 1) : node(true, true);
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
        Node mapping = nodes.pair(key.start);
        scanner.take();
        Token token = peek();
        boolean noKey = endsFlowPart(token) || token.is(Token.Type.FLOW_SEQUENCE_END);
        if (noKey) {
            // The library goes over the token here, even where it is the end.
            scanner.take();
            mapping.add(nodes.emptyBehind(token, 1));
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
        return nodes.empty(token.start);
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
                content.add(noKey ? nodes.empty(token.start) : node(false, false));
                content.add(flowValue(Token.Type.FLOW_MAPPING_END));
            } else {
                content.add(node(false, false));
                content.add(nodes.empty(peek().start));
            }
            CommentPlaces.afterValue(mapping);
        }
    }
}
