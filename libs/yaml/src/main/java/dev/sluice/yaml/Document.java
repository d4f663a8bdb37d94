package dev.sluice.yaml;

/**
 * One YAML document of a stream.
 *
 * @param root its only node; a null scalar where the document is empty
 * @param comments those that belong to the document and to no node in it; the line comment is
 *     always empty
 */
public record Document(Node root, Comments comments) {
    public Document(Node root) {
        this(root, Comments.NONE);
    }
}
