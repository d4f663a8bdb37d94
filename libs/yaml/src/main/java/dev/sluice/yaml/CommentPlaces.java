package dev.sluice.yaml;

import java.util.List;

/**
 * Moves foot comments to where go-yaml keeps them: on keys, and on the pair that they stand below.
 */
final class CommentPlaces {
    private CommentPlaces() {}

    /** A foot found with a key in a block stands below the pair before. */
    static void afterBlockKey(Node mapping) {
        List<Node> content = mapping.content();
        Node key = content.getLast();
        String foot = key.comments().foot();
        if (foot.isEmpty() || content.size() <= 2) {
            return;
        }
        Node formerKey = content.get(content.size() - 3);
        formerKey.setComments(formerKey.comments().withFoot(foot));
        key.setComments(key.comments().withFoot(""));
    }

    /** A value's foot belongs to its key. */
    static void afterValue(Node mapping) {
        List<Node> content = mapping.content();
        Node value = content.getLast();
        String foot = value.comments().foot();
        Node key = content.get(content.size() - 2);
        if (!foot.isEmpty() && key.comments().foot().isEmpty()) {
            key.setComments(key.comments().withFoot(foot));
            value.setComments(value.comments().withFoot(""));
        }
    }

    /** What was found at a collection's end. */
    static void close(Node collection, Comments end, boolean block) {
        Comments comments = new Comments(collection.comments().head(), end.line(), end.foot());
        if (block && !end.foot().isEmpty() && collection.size() > 0) {
            Node lastKey = collection.content().get(collection.content().size() - 2);
            lastKey.setComments(lastKey.comments().withFoot(end.foot()));
            comments = comments.withFoot("");
        }
        collection.setComments(comments);
    }
}
