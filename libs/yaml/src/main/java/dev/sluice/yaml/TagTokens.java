package dev.sluice.yaml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads anchors, aliases, tags and directives. */
final class TagTokens {
    private static final String URI_MARKS = ";/?:@&=+$,.!~*'()[]%";

    private final Source source;

    TagTokens(Source source) {
        this.source = source;
    }

    /** {@code &name} or {@code *name}. */
    Token anchor() {
        Mark start = source.mark();
        boolean alias = source.peek() == '*';
        source.skip();
        String name = word();
        char c = source.peek();
        boolean ended = Source.isBlankOrEnd(c) || "?:,]}%@`".indexOf(c) >= 0;
        if (name.isEmpty() || !ended) {
            throw source.error(start, "did not find expected alphabetic or numeric character");
        }
        return new Token(alias ? Token.Type.ALIAS : Token.Type.ANCHOR, start, name);
    }

    private String word() {
        int from = source.pos;
        while (Source.isWord(source.peek())) {
            source.skip();
        }
        return source.text(from, source.pos);
    }

    /** {@code !suffix}, {@code !handle!suffix} or {@code !<uri>}. */
    Token tag() {
        Mark start = source.mark();
        Token token = new Token(Token.Type.TAG, start);
        if (source.peek(1) == '<') {
            source.skip(2);
            token.suffix = uri(start, "");
            if (source.peek() != '>') {
                throw source.error(start, "did not find the expected '>'");
            }
            source.skip();
        } else {
            shorthand(start, token);
        }
        if (!Source.isBlankOrEnd(source.peek())) {
            throw source.error(start, "did not find expected whitespace or line break");
        }
        return token;
    }

    private void shorthand(Mark start, Token token) {
        String handle = handle(start, false);
        if (handle.length() > 1 && handle.endsWith("!")) {
            token.value = handle;
            token.suffix = uri(start, "");
            return;
        }
        token.suffix = uri(start, handle);
        if (token.suffix.isEmpty()) {
            // The tag that is a lone exclamation mark.
            token.suffix = "!";
        } else {
            token.value = "!";
        }
    }

    private String handle(Mark start, boolean directive) {
        if (source.peek() != '!') {
            throw source.error(start, "did not find expected '!'");
        }
        source.skip();
        String name = "!" + word();
        if (source.peek() == '!') {
            source.skip();
            return name + "!";
        }
        if (directive && name.length() > 1) {
            throw source.error(start, "did not find expected '!'");
        }
        return name;
    }

    /**
     * @param head what was read already and was no handle; its exclamation mark does not count
     */
    private String uri(Mark start, String head) {
        StringBuilder text = new StringBuilder();
        if (head.length() > 1) {
            text.append(head, 1, head.length());
        }
        boolean found = !head.isEmpty();
        while (Source.isWord(source.peek())
                || (source.peek() != 0 && URI_MARKS.indexOf(source.peek()) >= 0)) {
            found = true;
            if (source.peek() == '%') {
                text.append(escapes(start));
            } else {
                text.append(source.peek());
                source.skip();
            }
        }
        if (!found) {
            throw source.error(start, "did not find expected tag URI");
        }
        return text.toString();
    }

    private String escapes(Mark start) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(4);
        int wanted = 1;
        while (octets.size() < wanted) {
            int high = source.peek() == '%' ? hex(source.peek(1)) : -1;
            int low = high < 0 ? -1 : hex(source.peek(2));
            if (low < 0) {
                throw source.error(start, "did not find URI escaped octet");
            }
            int octet = (high << 4) + low;
            if (octets.size() == 0) {
                wanted = width(start, octet);
            } else if ((octet & 0xC0) != 0x80) {
                throw source.error(start, "found an incorrect trailing UTF-8 octet");
            }
            octets.write(octet);
            source.skip(3);
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    private int width(Mark start, int octet) {
        if ((octet & 0x80) == 0) {
            return 1;
        }
        if ((octet & 0xE0) == 0xC0) {
            return 2;
        }
        if ((octet & 0xF0) == 0xE0) {
            return 3;
        }
        if ((octet & 0xF8) == 0xF0) {
            return 4;
        }
        throw source.error(start, "found an incorrect leading UTF-8 octet");
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    /** {@code %YAML 1.1} or {@code %TAG !handle! prefix}, to the end of its line. */
    Token directive() {
        Mark start = source.mark();
        source.skip();
        String name = word();
        if (name.isEmpty()) {
            throw source.error(start, "could not find expected directive name");
        }
        if (!Source.isBlankOrEnd(source.peek())) {
            throw source.error(start, "found unexpected non-alphabetical character");
        }
        Token token =
                switch (name) {
                    case "YAML" -> version(start);
                    case "TAG" -> prefix(start);
                    default -> throw source.error(start, "found unknown directive name");
                };
        skipBlanks();
        if (source.peek() == '#') {
            while (!source.atBreakOrEnd()) {
                source.skip();
            }
        }
        if (!source.atBreakOrEnd()) {
            throw source.error(start, "did not find expected comment or line break");
        }
        source.skipLine();
        return token;
    }

    private Token version(Mark start) {
        skipBlanks();
        String major = number(start);
        if (source.peek() != '.') {
            throw source.error(start, "did not find expected digit or '.' character");
        }
        source.skip();
        return new Token(
                Token.Type.VERSION_DIRECTIVE,
                start,
                Integer.parseInt(major) + "." + Integer.parseInt(number(start)));
    }

    private String number(Mark start) {
        int from = source.pos;
        while (source.peek() >= '0' && source.peek() <= '9') {
            source.skip();
            if (source.pos - from > 2) {
                throw source.error(start, "found extremely long version number");
            }
        }
        if (source.pos == from) {
            throw source.error(start, "did not find expected version number");
        }
        return source.text(from, source.pos);
    }

    private Token prefix(Mark start) {
        skipBlanks();
        Token token = new Token(Token.Type.TAG_DIRECTIVE, start, handle(start, true));
        if (!source.atBlank()) {
            throw source.error(start, "did not find expected whitespace");
        }
        skipBlanks();
        token.suffix = uri(start, "");
        if (!Source.isBlankOrEnd(source.peek())) {
            throw source.error(start, "did not find expected whitespace or line break");
        }
        return token;
    }

    private void skipBlanks() {
        while (source.atBlank()) {
            source.skip();
        }
    }
}
