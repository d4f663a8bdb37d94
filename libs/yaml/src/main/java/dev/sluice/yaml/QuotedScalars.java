package dev.sluice.yaml;

/** Reads scalars in single and double quotes. */
final class QuotedScalars {
    private final Source source;

    QuotedScalars(Source source) {
        this.source = source;
    }

    Token scan(boolean single) {
        Mark start = source.mark();
        source.skip();
        char quote = single ? '\'' : '"';
        StringBuilder text = new StringBuilder();
        while (true) {
            if (source.atDocumentIndicator()) {
                throw source.error(start, "found unexpected document indicator");
            }
            if (source.atEnd()) {
                throw source.error(start, "found unexpected end of stream");
            }
            boolean joined = single ? singleQuotedWord(text) : doubleQuotedWord(start, text);
            if (source.peek() == quote) {
                break;
            }
            gap(text, joined);
        }
        source.skip();
        Token token = new Token(Token.Type.SCALAR, start, text.toString());
        token.style = single ? Style.SINGLE_QUOTED : Style.DOUBLE_QUOTED;
        return token;
    }

    private boolean singleQuotedWord(StringBuilder text) {
        int from = source.pos;
        while (!Source.isBlankOrEnd(source.peek())) {
            if (source.peek() == '\'') {
                source.append(text, from, source.pos);
                if (source.peek(1) != '\'') {
                    return false;
                }
                text.append('\'');
                source.skip(2);
                from = source.pos;
            } else {
                source.skip();
            }
        }
        source.append(text, from, source.pos);
        return false;
    }

    /**
     * Gives true where an escaped line break was taken: blanks at the start of the next line don't
     * count then.
     */
    private boolean doubleQuotedWord(Mark start, StringBuilder text) {
        int from = source.pos;
        while (true) {
            char c = source.peek();
            if (Source.isBlankOrEnd(c) || c == '"') {
                source.append(text, from, source.pos);
                return false;
            }
            if (c != '\\') {
                source.skip();
                continue;
            }
            source.append(text, from, source.pos);
            if (Source.isBreak(source.peek(1))) {
                source.skip();
                source.skipLine();
                return true;
            }
            escape(start, text);
            from = source.pos;
        }
    }

    private void escape(Mark start, StringBuilder text) {
        char kind = source.peek(1);
        int digits = 0;
        switch (kind) {
            case '0' -> text.append('\0');
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 't', '\t' -> text.append('\t');
            case 'n' -> text.append('\n');
            case 'v' -> text.append('\u000b');
            case 'f' -> text.append('\f');
            case 'r' -> text.append('\r');
            case 'e' -> text.append('\u001b');
            case ' ', '"', '\'', '\\', '/' -> text.append(slash(start, kind));
            case 'N' -> text.append('\u0085');
            case '_' -> text.append('\u00a0');
            case 'L' -> text.append('\u2028');
            case 'P' -> text.append('\u2029');
            case 'x' -> digits = 2;
            case 'u' -> digits = 4;
            case 'U' -> digits = 8;
            default -> throw source.error(start, "found unknown escape character");
        }
        source.skip(2);
        if (digits > 0) {
            text.appendCodePoint(codePoint(start, digits));
        }
    }

    /** JSON's escaped slash is none of YAML 1.1. */
    private char slash(Mark start, char kind) {
        if (kind == '/') {
            throw source.error(start, "found unknown escape character");
        }
        return kind;
    }

    private int codePoint(Mark start, int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            char c = source.peek(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw source.error(start, "did not find expected hexdecimal number");
            }
            value = (value << 4) + digit;
        }
        if ((value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) {
            throw source.error(start, "found invalid Unicode character escape code");
        }
        source.skip(digits);
        return (int) value;
    }

    private void gap(StringBuilder text, boolean joined) {
        int from = source.pos;
        while (source.atBlank()) {
            source.skip();
        }
        if (!source.atBreak()) {
            if (!joined) {
                source.append(text, from, source.pos);
            }
            return;
        }
        StringBuilder breaks = new StringBuilder();
        while (source.atBlank() || source.atBreak()) {
            if (source.atBreak()) {
                source.readLine(breaks);
            } else {
                source.skip();
            }
        }
        if (joined) {
            // The first break was escaped away; those after it are kept.
            text.append(breaks);
        } else {
            PlainScalars.fold(breaks, text);
        }
    }
}
