package dev.sluice.kustomize.resource;

import dev.sluice.yaml.Node;
import dev.sluice.yaml.ScalarResolver;
import dev.sluice.yaml.Style;
import dev.sluice.yaml.Tags;

/**
 * Scalars without a tag, as upstream's nodes can be: what such a one is follows from its text
 * whenever someone asks, also after the text has changed. {@link #settle} ends that state before a
 * tree is written or converted.
 */
public final class Untagged {

    /** The tag of a scalar that has none. */
    public static final String TAG = "";

    private Untagged() {}

    /** A text for a new field; quoted where it would read as something else than a string. */
    public static Node scalar(String text) {
        Node node = Node.scalar(text, TAG);
        return readsAsNonString(text) ? node.setStyle(Style.DOUBLE_QUOTED) : node;
    }

    /**
     * Gives a scalar another text and no tag; its style stays, and decides with the text what it
     * is.
     */
    public static void overwrite(Node scalar, String text) {
        scalar.become(Node.scalar(text, TAG).setStyle(scalar.style()));
    }

    /** A copy of a tree in which every scalar without a tag has the type that its text has now. */
    public static Node settledCopy(Node node) {
        Node copy = node.deepCopy();
        settle(copy);
        return copy;
    }

    /** Gives every scalar without a tag the type that its text has now. */
    public static void settle(Node node) {
        if (node.isScalar()) {
            if (node.tag().isEmpty()) {
                node.setTag(null);
            }
            return;
        }
        for (Node child : node.content()) {
            settle(child);
        }
    }

    /**
     * Whether a plain text would be read as a boolean, number, date or null by a YAML 1.1 reader.
     */
    public static boolean readsAsNonString(String text) {
        return !text.isEmpty()
                && text.indexOf('\n') < 0
                && !ScalarResolver.YAML11.tagOf(text).equals(Tags.STR);
    }
}
