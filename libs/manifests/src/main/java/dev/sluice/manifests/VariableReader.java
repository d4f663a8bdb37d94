package dev.sluice.manifests;

import dev.sluice.manifests.VariableTemplate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads the variable expressions of a text, in the grammar that Flux accepts: a subset of what
 * shells know. Only a dollar sign with a brace starts an expression; {@code $$} is a dollar sign.
 */
final class VariableReader {

    /** Expressions in expressions in expressions: more than anyone writes. */
    private static final int DEEPEST = 50;

    private static final char END = 0;

    private final String text;
    private int at;
    private int depth;

    private VariableReader(String text) {
        this.text = text;
    }

    static VariableTemplate read(String text) throws SubstitutionException {
        return new VariableReader(text).template();
    }

    private VariableTemplate template() throws SubstitutionException {
        List<Part> parts = new ArrayList<>();
        while (at < text.length()) {
            parts.add(atExpression() ? expression() : plainText());
        }
        return new VariableTemplate(List.copyOf(parts));
    }

    private Part plainText() {
        return new Part.Text(scan(_ -> true, "$"));
    }

    private Part expression() throws SubstitutionException {
        int start = at;
        at += 2;
        if (++depth > DEEPEST) {
            throw new SubstitutionException("variable expressions are nested too deeply");
        }
        if (peek() == '#') {
            at++;
            Part length = new Part.Expression(name(start), "length", List.of());
            end(start);
            depth--;
            return length;
        }
        String name = name(start);
        Part read =
                switch (peek()) {
                    case ':' ->
                            "=-?+".indexOf(peekSecond()) >= 0
                                    ? withDefault(name, start, 2)
                                    : substring(name, start);
                    case '=' -> withDefault(name, start, 1);
                    case ',', '^' -> casing(name, start);
                    case '/' -> replacement(name, start);
                    case '#', '%' -> trim(name, start);
                    default -> plain(name, start);
                };
        depth--;
        return read;
    }

    private Part plain(String name, int start) throws SubstitutionException {
        if (peek() != '}') {
            throw wrong("missing closing brace", start);
        }
        at++;
        return new Part.Expression(name, "", List.of());
    }

    /** The default may hold texts and expressions, one after the other, up to the brace. */
    private Part withDefault(String name, int start, int operatorLength)
            throws SubstitutionException {
        String operator = take(operatorLength);
        List<Part> arguments = new ArrayList<>();
        while (peek() != '}') {
            arguments.add(argument(c -> c != '}', "", start));
        }
        at++;
        return new Part.Expression(name, operator, List.copyOf(arguments));
    }

    private Part substring(String name, int start) throws SubstitutionException {
        at++;
        List<Part> arguments = new ArrayList<>();
        arguments.add(argument(c -> c != ':' && c != '}', "", start));
        if (peek() == ':') {
            scan(c -> c == ':', "");
            arguments.add(argument(c -> c != '}', "", start));
        }
        end(start);
        return new Part.Expression(name, ":", List.copyOf(arguments));
    }

    private Part casing(String name, int start) throws SubstitutionException {
        String operator = take(",^".indexOf(peekSecond()) >= 0 ? 2 : 1);
        end(start);
        return new Part.Expression(name, operator, List.of());
    }

    private Part trim(String name, int start) throws SubstitutionException {
        String operator = take(peekSecond() == peek() ? 2 : 1);
        Part pattern = argument(c -> c != '}', "", start);
        end(start);
        return new Part.Expression(name, operator, List.of(pattern));
    }

    private Part replacement(String name, int start) throws SubstitutionException {
        String operator = take("/#%".indexOf(peekSecond()) >= 0 ? 2 : 1);
        List<Part> arguments = new ArrayList<>();
        arguments.add(peek() == '/' ? new Part.Text("") : argument(c -> c != '/', "$\\", start));
        if (peek() != '/') {
            throw wrong("bad substitution", start);
        }
        scan(c -> c == '/', "");
        if (peek() != '}') {
            arguments.add(argument(c -> c != '}', "$\\", start));
        }
        end(start);
        return new Part.Expression(name, operator, List.copyOf(arguments));
    }

    /** One expression, or a text of at least one character. */
    private Part argument(IntPredicate accepted, String escapes, int start)
            throws SubstitutionException {
        if (atExpression()) {
            return expression();
        }
        int before = at;
        String argument = scan(accepted, escapes);
        if (at == before) {
            throw wrong("unable to parse substitution within function", start);
        }
        return new Part.Text(argument);
    }

    private String name(int start) throws SubstitutionException {
        int before = at;
        while (Character.isLetter(codePoint()) || Character.isDigit(codePoint()) || peek() == '_') {
            at += Character.charCount(codePoint());
        }
        if (at == before) {
            throw wrong("unable to parse variable name", start);
        }
        return text.substring(before, at);
    }

    private void end(int start) throws SubstitutionException {
        if (peek() != '}') {
            throw wrong("bad substitution", start);
        }
        at++;
    }

    /**
     * The text up to an expression or a character that is not accepted.
     *
     * @param escapes holds a dollar sign where two of them mean one, and a backslash where it takes
     *     the meaning from a slash or a backslash after it
     */
    private String scan(IntPredicate accepted, String escapes) {
        StringBuilder scanned = new StringBuilder();
        while (at < text.length() && !atExpression()) {
            char c = text.charAt(at);
            if (escapes.indexOf(c) >= 0 && escaped(c, peekSecond())) {
                scanned.append(peekSecond());
                at += 2;
            } else if (accepted.test(c)) {
                scanned.append(c);
                at++;
            } else {
                break;
            }
        }
        return scanned.toString();
    }

    private static boolean escaped(char c, char next) {
        return c == '$' ? next == '$' : next == '/' || next == '\\';
    }

    private boolean atExpression() {
        return text.startsWith("${", at);
    }

    private String take(int length) {
        String taken = text.substring(at, at + length);
        at += length;
        return taken;
    }

    private int codePoint() {
        return at < text.length() ? text.codePointAt(at) : END;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private char peekSecond() {
        return at + 1 < text.length() ? text.charAt(at + 1) : END;
    }

    /** Tells where, not what is written there: the text may hold secrets. */
    private SubstitutionException wrong(String what, int start) {
        long line = text.substring(0, start).lines().count() + (atLineStart(start) ? 1 : 0);
        return new SubstitutionException(
                what + ", in the expression at line " + Math.max(1, line) + " of the object");
    }

    private boolean atLineStart(int index) {
        return index > 0 && text.charAt(index - 1) == '\n';
    }
}
