package dev.sluice.yaml;

/**
 * The comments that belong to one node, each with its {@code #} and, where it has several lines,
 * joined by line feeds; empty where there is none.
 *
 * @param head lines above the node
 * @param line the comment at the end of the node's line
 * @param foot lines below the node, before an empty line or the end
 */
public record Comments(String head, String line, String foot) {
    public static final Comments NONE = new Comments("", "", "");

    public boolean isEmpty() {
        return head.isEmpty() && line.isEmpty() && foot.isEmpty();
    }

    public Comments withHead(String text) {
        return new Comments(text, line, foot);
    }

    public Comments withLine(String text) {
        return new Comments(head, text, foot);
    }

    public Comments withFoot(String text) {
        return new Comments(head, line, text);
    }
}
