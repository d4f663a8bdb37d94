package dev.sluice.yaml;

import java.util.List;

/** Writes nodes as text. */
public final class YamlWriter {
    private YamlWriter() {}

    /**
     * One document as kustomize prints it, ending in a line feed: sorted keys, lists not indented,
     * normalised numbers, nothing left of comments, anchors, tags and styles.
     *
     * @throws YamlException where the tree holds what JSON can't: keys that are no strings, keys
     *     that are there twice, infinity
     */
    public static String manifest(Node root) {
        StringBuilder text = new StringBuilder(1024);
        manifest(root, text);
        return text.toString();
    }

    /** The same, appended. */
    public static void manifest(Node root, StringBuilder target) {
        new ManifestWriter(target, new JsonValues(NaturalOrder.KEYS))
                .document(Anchors.inlinedCopy(root, YamlLimits.DEFAULT));
    }

    /**
     * Documents as go-yaml v3 writes them: order, styles, tags, anchors and comments kept, joined
     * by {@code ---}, ending in a line feed.
     *
     * @param indent of each level, 2 to 9
     * @param compactSequences lists stand below their key without indentation
     */
    public static String styled(List<Document> documents, int indent, boolean compactSequences) {
        StringBuilder text = new StringBuilder(1024);
        StyledWriter writer = new StyledWriter(text, indent, compactSequences);
        boolean first = true;
        for (Document document : documents) {
            writer.document(document, first);
            first = false;
        }
        return text.toString();
    }

    /**
     * One tree in the same way, as the tools around kustomize print it: two spaces, lists not
     * indented.
     */
    public static String styled(Node root) {
        return styled(List.of(new Document(root)), 2, true);
    }
}
