package dev.sluice.sops.document;

import dev.sluice.yaml.Comments;
import dev.sluice.yaml.Document;
import dev.sluice.yaml.DuplicateKeys;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.Scalar;
import dev.sluice.yaml.ScalarResolver;
import dev.sluice.yaml.Tags;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * One YAML document as a tree. Where a comment ends up among the members decides what it is
 * authenticated with and which values a comment rule selects, so the order is SOPS's own: comments
 * above a key, behind it and above and behind its plain value come before the entry, those below it
 * after.
 */
final class YamlTree {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_EXPANDED_NODES = 200_000;

    private final int maxExpandedBytes;
    private int aliases;
    private int expandedNodes;
    private long expandedBytes;

    YamlTree(int maxExpandedBytes) {
        this.maxExpandedBytes = maxExpandedBytes;
    }

    Branch branch(Document document) throws MalformedDocumentException {
        DuplicateKeys.refuse(document.root());
        List<Member> members = new ArrayList<>();
        lines(document.comments().head(), false, members::add);
        lines(document.comments().line(), false, members::add);
        root(document.root(), members);
        lines(document.comments().foot(), false, members::add);
        return new Branch(members);
    }

    private void root(Node node, List<Member> members) throws MalformedDocumentException {
        if (node.isMapping()) {
            mapping(node, false, members, 0);
        } else if (node.isNull()) {
            Comments comments = node.comments();
            lines(comments.head(), false, members::add);
            lines(comments.line(), false, members::add);
            lines(comments.foot(), false, members::add);
        } else {
            throw new MalformedDocumentException(
                    "a YAML document must hold a map at the top" + at(node));
        }
    }

    private void mapping(Node node, boolean commentsTaken, List<Member> members, int depth)
            throws MalformedDocumentException {
        limit(depth);
        if (!commentsTaken) {
            lines(node.comments().head(), false, members::add);
            lines(node.comments().line(), false, members::add);
        }
        for (dev.sluice.yaml.Entry entry : node.entries()) {
            Node key = entry.key();
            Node value = entry.value();
            lines(key.comments().head(), false, members::add);
            lines(key.comments().line(), false, members::add);
            boolean plain = value.isScalar() || value.isAlias();
            if (plain) {
                lines(value.comments().head(), false, members::add);
                lines(value.comments().line(), true, members::add);
            }
            members.add(new Entry(key(key), value(value, plain, depth + 1)));
            if (plain) {
                lines(value.comments().foot(), false, members::add);
            }
            lines(key.comments().foot(), false, members::add);
        }
        if (!commentsTaken) {
            lines(node.comments().foot(), false, members::add);
        }
    }

    private static String key(Node node) throws MalformedDocumentException {
        Node key = node.isAlias() ? node.target() : node;
        if (key.isScalar() && (key.tag().equals(Tags.STR) || key.tag().equals(Tags.MERGE))) {
            return key.value();
        }
        throw new MalformedDocumentException(
                "a key is no string" + at(node) + ": put it in quotes");
    }

    private Value value(Node node, boolean commentsTaken, int depth)
            throws MalformedDocumentException {
        limit(depth);
        return switch (node.kind()) {
            case SCALAR -> scalar(node);
            case SEQUENCE -> sequence(node, commentsTaken, depth);
            case MAPPING -> {
                List<Member> members = new ArrayList<>();
                mapping(node, commentsTaken, members, depth);
                yield new Branch(members);
            }
            case ALIAS -> {
                aliases++;
                Value value = value(node.target(), false, depth + 1);
                aliases--;
                yield value;
            }
        };
    }

    private Items sequence(Node node, boolean commentsTaken, int depth)
            throws MalformedDocumentException {
        List<Value> values = new ArrayList<>();
        if (!commentsTaken) {
            lines(node.comments().head(), false, values::add);
            lines(node.comments().line(), false, values::add);
        }
        for (Node item : node.items()) {
            lines(item.comments().head(), false, values::add);
            lines(item.comments().line(), true, values::add);
            values.add(value(item, true, depth + 1));
            lines(item.comments().foot(), false, values::add);
        }
        if (!commentsTaken) {
            lines(node.comments().foot(), false, values::add);
        }
        return new Items(values);
    }

    private Leaf scalar(Node node) throws MalformedDocumentException {
        if (aliases > 0) {
            expandedNodes++;
            expandedBytes += node.value().length();
        }
        return switch (ScalarResolver.CORE.resolve(node)) {
            case Scalar.Null _ -> Nothing.VALUE;
            case Scalar.Bool(boolean flag) -> new Flag(flag);
            case Scalar.Int(long number) -> new Whole(number);
            case Scalar.Uint _ ->
                    throw new MalformedDocumentException(
                            "an integer above 64 bits with sign" + at(node) + ": put it in quotes");
            case Scalar.Floating(double number) -> new Real(number);
            case Scalar.Timestamp timestamp -> new Moment(timestamp.rfc3339());
            case Scalar.Str(String text, String tag) ->
                    tag.equals(Tags.BINARY) ? binary(text, node) : Text.of(text);
        };
    }

    private static Text binary(String base64, Node node) throws MalformedDocumentException {
        try {
            return Text.of(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException("a !!binary value is not Base64" + at(node));
        }
    }

    /** A comment of several lines is several comments, each without its mark. */
    private static void lines(String comment, boolean inline, Consumer<Comment> target) {
        if (!comment.isEmpty()) {
            comment.lines()
                    .filter(line -> !line.isEmpty())
                    .map(line -> new Comment(line.substring(1), inline))
                    .forEach(target);
        }
    }

    private void limit(int depth) throws MalformedDocumentException {
        if (depth > MAX_DEPTH) {
            throw new MalformedDocumentException(
                    "the YAML file is nested deeper than " + MAX_DEPTH + " levels", true);
        }
        if (aliases > 0
                && (++expandedNodes > MAX_EXPANDED_NODES || expandedBytes > maxExpandedBytes)) {
            throw new MalformedDocumentException(
                    "the aliases of the YAML file stand for too much", true);
        }
    }

    private static String at(Node node) {
        return node.line() > 0 ? " (line " + node.line() + ")" : "";
    }
}
