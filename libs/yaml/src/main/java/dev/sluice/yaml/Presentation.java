package dev.sluice.yaml;

import org.jspecify.annotations.Nullable;

/**
 * How a node is written and where it stood: tag, style, position, anchor and comments. The other
 * half of {@link Node}, which holds what it says.
 */
abstract sealed class Presentation permits Node {
    private Style style = Style.PLAIN;

    /** The tag was written in the file, and is written again. */
    private boolean tagged;

    /** Null: not looked at yet, follows from kind, style and value. */
    private @Nullable String tag;

    /** The tag was set, or the text changed under it: it does not follow from the text any more. */
    private boolean fixedTag;

    private @Nullable String anchor;
    private @Nullable Comments comments;
    private int line;
    private int column;

    abstract Node node();

    /** The tag that kind, style and text amount to. */
    abstract String implicitTag();

    /** Takes over all but the position. */
    final void copyPresentation(Presentation other) {
        style = other.style;
        tagged = other.tagged;
        tag = other.tag;
        fixedTag = other.fixedTag;
        anchor = other.anchor;
        comments = other.comments;
    }

    /** The tag in its short form ({@code !!str}); an alias has its target's. */
    public String tag() {
        String known = tag;
        if (known == null) {
            known = implicitTag();
            tag = known;
        }
        return known;
    }

    /** Sets the tag without a mark that it was written; null lets it follow from the text. */
    public Node setTag(@Nullable String newTag) {
        this.tag = newTag == null ? null : Tags.shortForm(newTag);
        this.fixedTag = newTag != null;
        this.tagged = false;
        return node();
    }

    /** Sets a tag that is written out before the value. */
    public Node setWrittenTag(String newTag) {
        this.tag = Tags.shortForm(newTag);
        this.fixedTag = true;
        this.tagged = true;
        return node();
    }

    /** The tag stood in the file. */
    public boolean hasWrittenTag() {
        return tagged;
    }

    /** The tag follows from the text as it was read: nobody wrote or set it. */
    public boolean hasImplicitTag() {
        return !fixedTag;
    }

    /** The type must not change by a later look at another text or style. */
    final void fixTag() {
        tag();
        fixedTag = true;
    }

    public Style style() {
        return style;
    }

    public Node setStyle(Style newStyle) {
        fixTag();
        style = newStyle;
        return node();
    }

    /**
     * Takes over how another node was written, a tag that it wrote out included; the type stays.
     */
    public Node takeStyle(Node other) {
        fixTag();
        Presentation former = other;
        style = former.style;
        tagged = former.tagged;
        return node();
    }

    /** As the reader found it: the type still follows from text and style. */
    Node setParsedStyle(Style parsed) {
        style = parsed;
        if (parsed != Style.PLAIN) {
            tag = Tags.STR;
        }
        return node();
    }

    /** As another library than go-yaml v3 sees the text. */
    Node setImplicitTag(String seen) {
        tag = seen;
        return node();
    }

    /** The line in its file, from 1; 0 where the node was made in memory. */
    public int line() {
        return line;
    }

    /** The column in its file, from 1; 0 where the node was made in memory. */
    public int column() {
        return column;
    }

    public Node setPosition(int newLine, int newColumn) {
        line = newLine;
        column = newColumn;
        return node();
    }

    public @Nullable String anchor() {
        return anchor;
    }

    public Node setAnchor(@Nullable String newAnchor) {
        anchor = newAnchor;
        return node();
    }

    public Comments comments() {
        return comments == null ? Comments.NONE : comments;
    }

    public boolean hasComments() {
        return comments != null;
    }

    public Node setComments(Comments newComments) {
        comments = newComments.isEmpty() ? null : newComments;
        return node();
    }
}
