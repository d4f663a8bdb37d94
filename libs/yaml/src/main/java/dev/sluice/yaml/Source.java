package dev.sluice.yaml;

/**
 * The characters of a text and a place in it. Reading past the end gives NUL, which no text may
 * hold. Line breaks are those of YAML 1.1: LF, CR, CR LF, NEL, LS and PS.
 */
final class Source {
    private static final int SPARE = 4;

    private final char[] characters;
    final int end;
    private final boolean classicLines;

    int pos;
    int line;
    private int lineStart;

    /**
     * @param text without a byte order mark
     * @param classicLines errors name lines as go-yaml v2 does, else as v3 does
     */
    Source(String text, boolean classicLines) {
        end = text.length();
        characters = new char[end + SPARE];
        text.getChars(0, end, characters, 0);
        this.classicLines = classicLines;
    }

    char peek() {
        return characters[pos];
    }

    char peek(int ahead) {
        int at = pos + ahead;
        return at < characters.length ? characters[at] : 0;
    }

    /** The character at an absolute place. */
    char at(int index) {
        return index < characters.length ? characters[index] : 0;
    }

    int column() {
        return pos - lineStart;
    }

    Mark mark() {
        return new Mark(pos, line, pos - lineStart);
    }

    void skip() {
        pos++;
    }

    void skip(int count) {
        pos += count;
    }

    String text(int from, int to) {
        return new String(characters, from, to - from);
    }

    void append(StringBuilder target, int from, int to) {
        target.append(characters, from, to - from);
    }

    boolean atEnd() {
        return pos >= end;
    }

    boolean atBlank() {
        return isBlank(characters[pos]);
    }

    boolean atBreak() {
        return isBreak(characters[pos]);
    }

    boolean atBreakOrEnd() {
        char c = characters[pos];
        return c == 0 || isBreak(c);
    }

    boolean blankOrEndAhead(int ahead) {
        return isBlankOrEnd(peek(ahead));
    }

    /** Goes over a line break. */
    void skipLine() {
        char c = characters[pos];
        if (c == '\r' && characters[pos + 1] == '\n') {
            pos += 2;
        } else if (isBreak(c)) {
            pos++;
        } else {
            return;
        }
        line++;
        lineStart = pos;
    }

    /** Goes over a line break and appends it: all but LS and PS become a line feed. */
    void readLine(StringBuilder target) {
        char c = characters[pos];
        if (!isBreak(c)) {
            return;
        }
        target.append(c == '\u2028' || c == '\u2029' ? c : '\n');
        skipLine();
    }

    /** Starts a line although no break stands here. */
    void forceLine() {
        if (column() != 0) {
            line++;
            lineStart = pos;
        }
    }

    /** At the start of a line stands {@code ---} or {@code ...} and nothing adjoins it. */
    boolean atDocumentIndicator() {
        if (column() != 0) {
            return false;
        }
        char c = characters[pos];
        return (c == '-' || c == '.') && peek(1) == c && peek(2) == c && blankOrEndAhead(3);
    }

    /**
     * What the scanner can't take; the line is that of the construct or of this place, as the
     * library in question counts.
     */
    YamlException error(Mark context, String problem) {
        int where;
        if (classicLines) {
            where = line != 0 ? line + 1 : context.line();
        } else {
            where = context.line() != 0 ? context.line() + 1 : line == 0 ? 0 : line + 1;
        }
        return new YamlException(problem, where);
    }

    /**
     * What the parser can't take. Its lines count from 0 in both libraries, and so do ours:
     * messages are compared.
     */
    YamlException structureError(Mark context, String problem, Mark found) {
        int where;
        if (classicLines) {
            where = found.line() != 0 ? found.line() : context.line();
        } else {
            where = context.line() != 0 ? context.line() : found.line();
        }
        return new YamlException(problem, where);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    static boolean isBlankOrEnd(char c) {
        return c == ' ' || c == '\t' || c == 0 || isBreak(c);
    }

    /** Letters, digits, underscore and hyphen: what names of anchors and handles are made of. */
    static boolean isWord(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || c == '_'
                || c == '-';
    }
}
