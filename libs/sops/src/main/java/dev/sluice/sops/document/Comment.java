package dev.sluice.sops.document;

/**
 * A line of comment.
 *
 * @param text what follows the comment character
 * @param inline it stands behind the value that follows it here, on the same line
 */
public record Comment(String text, boolean inline) implements Leaf, Member {
    public Comment(String text) {
        this(text, false);
    }

    @Override
    public String toString() {
        return "Comment";
    }
}
