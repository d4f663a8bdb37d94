package dev.sluice.yaml;

/** The text that is being written, and what the emitter must know of its last line. */
final class TextOutput {
    private final StringBuilder out;
    private final Dialect dialect;

    int column;

    /** The last character written was blank, or nothing was written yet on this line. */
    boolean whitespace = true;

    /** Nothing but indentation and indicators was written on this line. */
    boolean indention = true;

    /** After a foot comment an empty line follows at this indentation; -1: none. */
    int footIndent = -1;

    TextOutput(StringBuilder out, Dialect dialect) {
        this.out = out;
        this.dialect = dialect;
    }

    void put(char c) {
        out.append(c);
        column++;
    }

    void append(String text, int from, int to) {
        out.append(text, from, to);
        column += to - from;
    }

    void putBreak() {
        out.append('\n');
        column = 0;
        if (dialect == Dialect.MODERN) {
            indention = true;
        }
    }

    /** Writes a line break of a scalar: LS and PS stay. */
    void copyBreak(char c) {
        if (c == '\n') {
            putBreak();
            return;
        }
        out.append(c);
        column = 0;
        if (dialect == Dialect.MODERN) {
            indention = true;
        }
    }

    void indent(int level) {
        int target = Math.max(level, 0);
        if (!indention || column > target || (column == target && !whitespace)) {
            putBreak();
        }
        if (footIndent == target) {
            putBreak();
        }
        while (column < target) {
            put(' ');
        }
        whitespace = true;
        if (dialect == Dialect.CLASSIC) {
            indention = true;
        }
        footIndent = -1;
    }

    /**
     * @param separate a space goes before it unless one is there
     * @param leavesSpace what follows needs no further space
     * @param keepsIndention it counts as indentation, as a hyphen does
     */
    void indicator(String text, boolean separate, boolean leavesSpace, boolean keepsIndention) {
        if (separate && !whitespace) {
            put(' ');
        }
        append(text, 0, text.length());
        whitespace = leavesSpace;
        indention &= keepsIndention;
    }

    /** Afterwards the line holds content. */
    void content() {
        whitespace = false;
        indention = false;
    }
}
