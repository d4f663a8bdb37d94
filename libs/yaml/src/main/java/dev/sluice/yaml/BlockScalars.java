package dev.sluice.yaml;

/** Reads literal ({@code |}) and folded ({@code >}) scalars. */
final class BlockScalars {
    private enum Chomping {
        STRIP,
        CLIP,
        KEEP
    }

    private final Source source;
    private Chomping chomping = Chomping.CLIP;
    private int increment;
    private int indent;

    BlockScalars(Source source) {
        this.source = source;
    }

    /**
     * @param parentIndent the column of the collection around; -1 at the top
     * @param restOfLine takes the comment that may follow the indicator
     */
    Token scan(boolean literal, int parentIndent, Runnable restOfLine) {
        Mark start = source.mark();
        source.skip();
        header(start, restOfLine);
        indent = increment == 0 ? 0 : Math.max(parentIndent, 0) + increment;
        StringBuilder text = new StringBuilder();
        StringBuilder trailing = new StringBuilder();
        breaks(start, parentIndent, trailing);
        StringBuilder leading = new StringBuilder();
        boolean leadingBlank = false;
        while (source.column() == indent && !source.atEnd()) {
            boolean blank = source.atBlank();
            boolean fold =
                    !literal
                            && !leadingBlank
                            && !blank
                            && !leading.isEmpty()
                            && leading.charAt(0) == '\n';
            if (!fold) {
                text.append(leading);
            } else if (trailing.isEmpty()) {
                text.append(' ');
            }
            text.append(trailing);
            leading.setLength(0);
            trailing.setLength(0);
            leadingBlank = blank;
            line(text);
            source.readLine(leading);
            breaks(start, parentIndent, trailing);
        }
        if (chomping != Chomping.STRIP) {
            text.append(leading);
        }
        if (chomping == Chomping.KEEP) {
            text.append(trailing);
        }
        Token token = new Token(Token.Type.SCALAR, start, text.toString());
        token.style = literal ? Style.LITERAL : Style.FOLDED;
        return token;
    }

    private void line(StringBuilder text) {
        int from = source.pos;
        while (!source.atBreakOrEnd()) {
            source.skip();
        }
        source.append(text, from, source.pos);
    }

    private void header(Mark start, Runnable restOfLine) {
        chomping = Chomping.CLIP;
        increment = 0;
        if (chompingIndicator()) {
            indentIndicator(start);
        } else if (indentIndicator(start)) {
            chompingIndicator();
        }
        while (source.atBlank()) {
            source.skip();
        }
        if (source.peek() == '#') {
            restOfLine.run();
            while (!source.atBreakOrEnd()) {
                source.skip();
            }
        }
        if (!source.atBreakOrEnd()) {
            throw source.error(start, "did not find expected comment or line break");
        }
        source.skipLine();
    }

    private boolean chompingIndicator() {
        char c = source.peek();
        if (c != '+' && c != '-') {
            return false;
        }
        chomping = c == '+' ? Chomping.KEEP : Chomping.STRIP;
        source.skip();
        return true;
    }

    private boolean indentIndicator(Mark start) {
        char c = source.peek();
        if (c < '0' || c > '9') {
            return false;
        }
        if (c == '0') {
            throw source.error(start, "found an indentation indicator equal to 0");
        }
        increment = c - '0';
        source.skip();
        return true;
    }

    /**
     * Goes over indentation and empty lines, and finds the indentation with the first line that is
     * not empty.
     */
    private void breaks(Mark start, int parentIndent, StringBuilder target) {
        int deepest = 0;
        while (true) {
            while ((indent == 0 || source.column() < indent) && source.peek() == ' ') {
                source.skip();
            }
            deepest = Math.max(deepest, source.column());
            if ((indent == 0 || source.column() < indent) && source.peek() == '\t') {
                throw source.error(
                        start, "found a tab character where an indentation space is expected");
            }
            if (!source.atBreak()) {
                break;
            }
            source.readLine(target);
        }
        if (indent == 0) {
            indent = Math.max(Math.max(deepest, parentIndent + 1), 1);
        }
    }
}
