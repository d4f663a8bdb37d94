package dev.sluice.yaml;

/** Writes a scalar's text in one of the five styles. */
final class ScalarWriter {
    private static final char BOM = '\uFEFF';
    private static final String HEX = "0123456789ABCDEF";

    private final TextOutput out;
    private final Dialect dialect;
    private final int indentStep;

    ScalarWriter(TextOutput out, Dialect dialect, int indentStep) {
        this.out = out;
        this.dialect = dialect;
        this.indentStep = indentStep;
    }

    /**
     * @param wrap long texts may be broken into lines
     */
    void plain(String text, int indent, boolean wrap) {
        if (dialect == Dialect.CLASSIC || !text.isEmpty()) {
            if (!out.whitespace) {
                out.put(' ');
            }
        }
        if (!wrap || out.column + text.length() <= dialect.width) {
            out.append(text, 0, text.length());
        } else {
            wrapped(text, indent, 0, text.length());
        }
        if (dialect == Dialect.CLASSIC || !text.isEmpty()) {
            out.whitespace = false;
        }
        out.indention = false;
    }

    /** Breaks at single spaces that stand beyond the width. */
    private void wrapped(String text, int indent, int from, int to) {
        boolean afterSpace = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean space = c == ' ';
            boolean last = i + 1 >= text.length();
            if (space
                    && !afterSpace
                    && out.column > dialect.width
                    && !last
                    && text.charAt(i + 1) != ' ') {
                out.indent(indent);
            } else {
                out.put(c);
                out.indention &= space;
            }
            afterSpace = space;
        }
    }

    void singleQuoted(String text, int indent, boolean wrap) {
        out.indicator("'", true, false, false);
        boolean spaces = false;
        boolean breaks = false;
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                if (wrap
                        && !spaces
                        && out.column > dialect.width
                        && i > 0
                        && i < last
                        && text.charAt(i + 1) != ' ') {
                    out.indent(indent);
                } else {
                    out.put(c);
                }
                spaces = true;
            } else if (Source.isBreak(c)) {
                if (!breaks && c == '\n') {
                    out.putBreak();
                }
                out.copyBreak(c);
                out.indention = true;
                breaks = true;
            } else {
                if (breaks) {
                    out.indent(indent);
                }
                if (c == '\'') {
                    out.put('\'');
                }
                out.put(c);
                out.indention = false;
                spaces = false;
                breaks = false;
            }
        }
        out.indicator("'", false, false, false);
        out.content();
    }

    void doubleQuoted(String text, int indent, boolean wrap) {
        out.indicator("\"", true, false, false);
        // The library looks for a byte order mark at the text's start whatever character it is at:
        // then it escapes all.
        boolean escapeAll = !text.isEmpty() && text.charAt(0) == BOM;
        boolean spaces = false;
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (escapeAll
                    || !ScalarShape.isPrintable(c)
                    || Source.isBreak(c)
                    || c == '"'
                    || c == '\\') {
                int codePoint = text.codePointAt(i);
                i += Character.charCount(codePoint) - 1;
                escape(codePoint);
                spaces = false;
            } else if (c == ' ') {
                if (wrap && !spaces && out.column > dialect.width && i > 0 && i < last) {
                    out.indent(indent);
                    if (text.charAt(i + 1) == ' ') {
                        out.put('\\');
                    }
                } else {
                    out.put(c);
                }
                spaces = true;
            } else {
                out.put(c);
                spaces = false;
            }
        }
        out.indicator("\"", false, false, false);
        out.content();
    }

    private void escape(int c) {
        out.put('\\');
        switch (c) {
            case 0x00 -> out.put('0');
            case 0x07 -> out.put('a');
            case 0x08 -> out.put('b');
            case 0x09 -> out.put('t');
            case 0x0A -> out.put('n');
            case 0x0B -> out.put('v');
            case 0x0C -> out.put('f');
            case 0x0D -> out.put('r');
            case 0x1B -> out.put('e');
            case '"' -> out.put('"');
            case '\\' -> out.put('\\');
            case 0x85 -> out.put('N');
            case 0xA0 -> out.put('_');
            case 0x2028 -> out.put('L');
            case 0x2029 -> out.put('P');
            default -> {
                int digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
                out.put(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
                for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
                    out.put(HEX.charAt((c >> shift) & 0xF));
                }
            }
        }
    }

    void literal(String text, int indent, Runnable endOfLine) {
        header("|", text, endOfLine);
        boolean breaks = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Source.isBreak(c)) {
                out.copyBreak(c);
                out.indention = true;
                breaks = true;
            } else {
                if (breaks) {
                    out.indent(indent);
                }
                int to = endOfLine(text, i);
                out.append(text, i, to);
                i = to - 1;
                out.indention = false;
                breaks = false;
            }
        }
    }

    private static int endOfLine(String text, int from) {
        int i = from;
        while (i < text.length() && !Source.isBreak(text.charAt(i))) {
            i++;
        }
        return i;
    }

    void folded(String text, int indent, Runnable endOfLine) {
        header(">", text, endOfLine);
        boolean startsWithText = !text.isEmpty() && !Source.isBlankOrEnd(charAfterBreaks(text));
        boolean breaks = true;
        boolean leadingSpaces = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Source.isBreak(c)) {
                if (!breaks && !leadingSpaces && c == '\n' && startsWithText) {
                    out.putBreak();
                }
                out.copyBreak(c);
                out.indention = true;
                breaks = true;
                continue;
            }
            if (breaks) {
                out.indent(indent);
                leadingSpaces = Source.isBlank(c);
            }
            boolean single = c == ' ' && (i + 1 >= text.length() || text.charAt(i + 1) != ' ');
            if (!breaks && single && out.column > dialect.width) {
                out.indent(indent);
            } else {
                out.put(c);
            }
            out.indention = false;
            breaks = false;
        }
    }

    /**
     * The library looks at the start of the whole text here, not at the line that follows: so do
     * we.
     */
    private static char charAfterBreaks(String text) {
        int i = 0;
        while (i < text.length() && Source.isBreak(text.charAt(i))) {
            i++;
        }
        return i < text.length() ? text.charAt(i) : 0;
    }

    private void header(String indicator, String text, Runnable endOfLine) {
        out.indicator(indicator, true, false, false);
        if (!text.isEmpty() && (text.charAt(0) == ' ' || Source.isBreak(text.charAt(0)))) {
            out.indicator(Character.toString('0' + indentStep), false, false, false);
        }
        String chomping = chomping(text);
        if (!chomping.isEmpty()) {
            out.indicator(chomping, false, false, false);
        }
        endOfLine.run();
        out.indention = true;
        out.whitespace = true;
    }

    private static String chomping(String text) {
        int last = text.length() - 1;
        if (last < 0 || !Source.isBreak(text.charAt(last))) {
            return "-";
        }
        return last == 0 || Source.isBreak(text.charAt(last - 1)) ? "+" : "";
    }
}
