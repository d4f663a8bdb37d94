package dev.sluice.yaml;

/** Comments that were met and wait for their place in the text. */
final class PendingComments {
    private final TextOutput out;
    private String head = "";
    private String line = "";
    private String foot = "";

    /** The foot of the pair before: it can be written only once that pair's value is. */
    private String tail = "";

    /** The comment at the end of a key's line, where the value starts on the next. */
    private String keyLine = "";

    PendingComments(TextOutput out) {
        this.out = out;
    }

    void meet(Comments comments) {
        head = comments.head().isEmpty() ? head : comments.head();
        line = comments.line().isEmpty() ? line : comments.line();
        foot = comments.foot().isEmpty() ? foot : comments.foot();
    }

    void meetTail(String text) {
        tail = text.isEmpty() ? tail : text;
    }

    boolean anyBehind() {
        return !line.isEmpty() || !foot.isEmpty() || !tail.isEmpty();
    }

    boolean anyAround() {
        return !head.isEmpty() || !foot.isEmpty() || !tail.isEmpty();
    }

    boolean anyHead() {
        return !head.isEmpty();
    }

    void writeHead(int indent) {
        if (!tail.isEmpty()) {
            out.indent(indent);
            write(tail, indent);
            tail = "";
            out.footIndent = Math.max(indent, 0);
        }
        if (!head.isEmpty()) {
            out.indent(indent);
            write(head, indent);
            head = "";
        }
    }

    void writeLine(int indent) {
        if (!line.isEmpty()) {
            if (!out.whitespace) {
                out.put(' ');
            }
            write(line, indent);
            line = "";
        }
    }

    /** Ends the line of a block scalar's indicator. */
    void writeLineOrBreak(int indent) {
        if (line.isEmpty()) {
            out.putBreak();
        } else {
            writeLine(indent);
        }
    }

    void writeFoot(int indent) {
        if (!foot.isEmpty()) {
            out.indent(indent);
            write(foot, indent);
            foot = "";
            out.footIndent = Math.max(indent, 0);
        }
    }

    /** A key's line comment waits for what its value turns out to be. */
    void keepKeyLine() {
        if (!line.isEmpty()) {
            keyLine = line;
            line = "";
        }
    }

    void placeKeyLine(Node value, int indent) {
        if (keyLine.isEmpty()) {
            return;
        }
        if (value.isScalar()) {
            if (line.isEmpty()) {
                line = keyLine;
                keyLine = "";
            }
        } else if (!value.isAlias() && value.style() != Style.FLOW) {
            String own = line;
            line = keyLine;
            writeLine(indent);
            line = own;
            keyLine = "";
        }
    }

    private void write(String comment, int indent) {
        boolean breaks = false;
        boolean marked = false;
        for (int i = 0; i < comment.length(); i++) {
            char c = comment.charAt(i);
            if (Source.isBreak(c)) {
                out.copyBreak(c);
                breaks = true;
                marked = false;
                continue;
            }
            if (breaks) {
                out.indent(indent);
            }
            if (!marked) {
                if (c != '#') {
                    out.put('#');
                    out.put(' ');
                }
                marked = true;
            }
            out.put(c);
            out.indention = false;
            breaks = false;
        }
        if (!breaks) {
            out.putBreak();
        }
        out.whitespace = true;
    }
}
