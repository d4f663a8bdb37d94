package dev.sluice.sops.document;

import dev.sluice.yaml.Comments;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.Tags;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Trees as YAML nodes. Comments go above what follows them, the last ones below what they follow;
 * those before the first entry belong to the collection.
 */
final class YamlNodes {
    private YamlNodes() {}

    static Node mapping(Branch branch) {
        Node mapping = Node.mapping();
        Pending pending = new Pending();
        for (Member member : branch.members()) {
            switch (member) {
                case Comment comment -> pending.add(comment);
                case Entry(String name, Value value) -> {
                    Node key = text(Text.of(name));
                    Node node = node(value);
                    pending.head(mapping.isEmpty() ? mapping : key);
                    pending.line(node);
                    mapping.add(key).add(node);
                }
            }
        }
        pending.foot(
                mapping, mapping.isEmpty() ? mapping : mapping.item(mapping.content().size() - 2));
        return mapping;
    }

    private static Node sequence(Items items) {
        Node sequence = Node.sequence();
        Pending pending = new Pending();
        for (Value value : items.values()) {
            if (value instanceof Comment comment) {
                pending.add(comment);
            } else {
                Node node = node(value);
                pending.head(sequence.isEmpty() ? sequence : node);
                pending.line(node);
                sequence.add(node);
            }
        }
        pending.foot(sequence, sequence.isEmpty() ? sequence : sequence.content().getLast());
        return sequence;
    }

    private static Node node(Value value) {
        return switch (value) {
            case Branch branch -> mapping(branch);
            case Items items -> sequence(items);
            case Text text -> text(text);
            case Whole whole -> Node.integer(whole.value());
            case Real real -> Node.scalar(real(real.value()), Tags.FLOAT);
            case Flag flag -> Node.bool(flag.value());
            case Moment moment -> Node.scalar(moment.rfc3339(), Tags.TIMESTAMP);
            case Nothing nothing -> Node.nullValue();
            case Comment comment -> Node.string(comment.text());
        };
    }

    private static Node text(Text text) {
        try {
            return Node.string(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(text.bytes()))
                            .toString());
        } catch (CharacterCodingException e) {
            return Node.string(Base64.getEncoder().encodeToString(text.bytes()))
                    .setWrittenTag(Tags.BINARY);
        }
    }

    private static String real(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? ".inf" : "-.inf";
        }
        return Scalars.shortest(value, -4, 21, 'e');
    }

    /** Comments that wait for the node that they belong to. */
    private static final class Pending {
        private final List<String> above = new ArrayList<>();
        private final List<String> behind = new ArrayList<>();

        void add(Comment comment) {
            (comment.inline() ? behind : above).add('#' + comment.text());
        }

        void head(Node node) {
            if (!above.isEmpty()) {
                Comments comments = node.comments();
                node.setComments(
                        comments.withHead(joined(String.join("\n", above), comments.head())));
                above.clear();
            }
        }

        void line(Node node) {
            if (!behind.isEmpty()) {
                node.setComments(node.comments().withLine(String.join("\n", behind)));
                behind.clear();
            }
        }

        void foot(Node collection, Node last) {
            above.addAll(behind);
            if (above.isEmpty()) {
                return;
            }
            if (collection == last) {
                head(collection);
            } else {
                Comments comments = last.comments();
                last.setComments(
                        comments.withFoot(joined(comments.foot(), String.join("\n", above))));
            }
        }

        private static String joined(String first, String second) {
            return first.isEmpty() ? second : second.isEmpty() ? first : first + '\n' + second;
        }
    }
}
