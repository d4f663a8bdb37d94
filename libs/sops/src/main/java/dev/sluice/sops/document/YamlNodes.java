package dev.sluice.sops.document;

import dev.sluice.yaml.Comments;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.Style;
import dev.sluice.yaml.Tags;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Trees as YAML nodes. Comments go above what follows them, the last ones below what they follow;
 * those before the first entry belong to the collection.
 */
final class YamlNodes {
    private static final Set<String> OLD_WORDS =
            Set.of(
                    "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO",
                    "off", "Off", "OFF");
    private static final Pattern SEXAGESIMAL =
            Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

    private YamlNodes() {}

    static Node mapping(Branch branch) {
        Node mapping = Node.mapping();
        Pending pending = new Pending();
        for (Member member : branch.members()) {
            switch (member) {
                case Comment comment -> pending.add(comment);
                case Entry(String name, Value value) -> {
                    Node key = key(name);
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
            // A number without a point is written as the integer that it then is, as SOPS does.
            case Real real -> Node.plain(real(real.value()));
            case Flag flag -> Node.bool(flag.value());
            case Moment moment -> Node.scalar(moment.rfc3339(), Tags.TIMESTAMP);
            case Nothing nothing -> Node.nullValue();
            case Comment comment -> Node.string(comment.text());
        };
    }

    /** What SOPS makes of a merge key that it read as an ordinary one. */
    private static Node key(String name) {
        return name.equals("<<") ? Node.plain(name).setWrittenTag(Tags.MERGE) : string(name);
    }

    private static Node text(Text text) {
        try {
            return string(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(text.bytes()))
                            .toString());
        } catch (CharacterCodingException e) {
            return Node.string(Base64.getEncoder().encodeToString(text.bytes()))
                    .setWrittenTag(Tags.BINARY);
        }
    }

    /**
     * Words and numbers of YAML 1.1 that are strings today get quotes, for readers that do not know
     * it.
     */
    private static Node string(String text) {
        boolean old =
                OLD_WORDS.contains(text)
                        || (text.indexOf(':') > 0 && SEXAGESIMAL.matcher(text).matches());
        return old ? Node.string(text).setStyle(Style.DOUBLE_QUOTED) : Node.string(text);
    }

    private static String real(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? ".inf" : "-.inf";
        }
        return Scalars.shortest(value, -4, 6, 'e');
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
