package dev.sluice.yaml;

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
        new ManifestWriter(target, new JsonValues(NaturalOrder.KEYS, YamlLimits.DEFAULT))
                .document(root);
    }
}
