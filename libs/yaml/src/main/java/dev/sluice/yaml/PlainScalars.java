package dev.sluice.yaml;

/** Reads scalars without quotes, over several lines where they are indented. */
final class PlainScalars {
    private final Source source;

    /** Whether the last scalar ended on a new line, where a key may start. */
    private boolean endedOnNewLine;

    PlainScalars(Source source) {
        this.source = source;
    }

    boolean endedOnNewLine() {
        return endedOnNewLine;
    }

    /**
     * @param indent the column that further lines must reach
     * @param inFlow within brackets or braces
     */
    Token scan(int indent, boolean inFlow) {
        Mark start = source.mark();
        endedOnNewLine = false;
        int from = source.pos;
        int to = word(inFlow);
        StringBuilder text = null;
        StringBuilder gap = new StringBuilder();
        while (source.atBlank() || source.atBreak()) {
            gap.setLength(0);
            gap(start, indent, gap);
            boolean outdented = !inFlow && source.column() < indent;
            if (outdented || source.atDocumentIndicator() || source.peek() == '#') {
                break;
            }
            int wordStart = source.pos;
            int wordEnd = word(inFlow);
            if (wordEnd == wordStart) {
                break;
            }
            boolean sameLine = !endedOnNewLine;
            if (text == null && sameLine) {
                to = wordEnd;
                continue;
            }
            if (text == null) {
                text = new StringBuilder(source.text(from, to));
            }
            text.append(gap);
            source.append(text, wordStart, wordEnd);
            endedOnNewLine = false;
        }
        return new Token(
                Token.Type.SCALAR, start, text == null ? source.text(from, to) : text.toString());
    }

    /**
     * Goes over characters that are neither blank nor an end of the scalar; gives where it stopped.
     */
    private int word(boolean inFlow) {
        while (true) {
            char c = source.peek();
            if (Source.isBlankOrEnd(c)) {
                return source.pos;
            }
            if (c == ':' && source.blankOrEndAhead(1)) {
                return source.pos;
            }
            if (inFlow && (c == ',' || c == '?' || c == '[' || c == ']' || c == '{' || c == '}')) {
                return source.pos;
            }
            source.skip();
        }
    }

    /** Goes over blanks and breaks, and leaves in the gap what they mean within the text. */
    private void gap(Mark start, int indent, StringBuilder gap) {
        StringBuilder breaks = new StringBuilder();
        while (source.atBlank() || source.atBreak()) {
            if (source.atBreak()) {
                if (!endedOnNewLine) {
                    gap.setLength(0);
                    endedOnNewLine = true;
                }
                source.readLine(breaks);
                continue;
            }
            if (endedOnNewLine && source.column() < indent && source.peek() == '\t') {
                throw source.error(start, "found a tab character that violates indentation");
            }
            if (!endedOnNewLine) {
                gap.append(source.peek());
            }
            source.skip();
        }
        if (endedOnNewLine) {
            fold(breaks, gap);
        }
    }

    /** One break becomes a space, of several the first is dropped; LS and PS stay. */
    static void fold(StringBuilder breaks, StringBuilder target) {
        if (breaks.isEmpty()) {
            return;
        }
        if (breaks.charAt(0) != '\n') {
            target.append(breaks);
        } else if (breaks.length() == 1) {
            target.append(' ');
        } else {
            target.append(breaks, 1, breaks.length());
        }
    }
}
