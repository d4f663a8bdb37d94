package dev.sluice.patterns;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Compiles regular expressions in Go's syntax (RE2). The engine never goes back in a text, so no
 * expression takes long to match; but it writes repetitions out, so that {@code
 * ((a{1000}){1000}){1000}} would fill all memory while it is compiled. Such expressions are
 * refused, as Go refuses them.
 */
public final class BoundedPattern {

    private static final int LONGEST = 16 * 1024;

    /**
     * What an expression may be when its repetitions are written out; Go's bound is of this order.
     */
    private static final long LARGEST = 100_000;

    private static final int DEEPEST = 500;

    private final String text;
    private int at;
    private int depth;

    private BoundedPattern(String text) {
        this.text = text;
    }

    /**
     * Compiles an expression.
     *
     * @throws PatternSyntaxException where it is none, or would be too large
     */
    public static Pattern compile(String text) {
        if (text.length() > LONGEST || new BoundedPattern(text).alternatives() > LARGEST) {
            throw new PatternSyntaxException("expression is too large", shortened(text));
        }
        return Pattern.compile(text);
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    /** The size of all up to the end, or to the bracket that closes the group. */
    private long alternatives() {
        long size = 0;
        while (at < text.length() && text.charAt(at) != ')') {
            long atom = atom();
            size += atom * repetitions();
            if (size > LARGEST) {
                return size;
            }
        }
        return size;
    }

    private long atom() {
        char c = text.charAt(at++);
        return switch (c) {
            case '\\' -> escaped();
            case '[' -> characters();
            case '(' -> group();
            default -> 1;
        };
    }

    private long escaped() {
        if (at < text.length() && text.charAt(at) == 'Q') {
            int end = text.indexOf("\\E", at);
            int quoted = (end < 0 ? text.length() : end) - at;
            at = end < 0 ? text.length() : end + 2;
            return quoted;
        }
        at++;
        return 1;
    }

    /** A class of characters; a bracket that comes first is one of them. */
    private long characters() {
        int start = at;
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        at++;
        while (at < text.length() && text.charAt(at) != ']') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        return Math.max(1, (at - start) / 4);
    }

    private long group() {
        if (++depth > DEEPEST) {
            return LARGEST + 1;
        }
        long size = 1 + alternatives();
        at++;
        depth--;
        return size;
    }

    /** How often what came before is written out; what repeats without a bound is there once. */
    private long repetitions() {
        long times = 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '*' || c == '+' || c == '?') {
                at++;
                continue;
            }
            long counted = c == '{' ? counted() : 0;
            if (counted == 0) {
                return times;
            }
            times = Math.min(times * counted, LARGEST + 1);
        }
        return times;
    }

    /** The greater number of {@code {2,5}}; 0 where the brace is a mere brace. */
    private long counted() {
        int end = text.indexOf('}', at);
        if (end < 0 || end - at > 20) {
            return 0;
        }
        String inner = text.substring(at + 1, end);
        int comma = inner.indexOf(',');
        String first = comma < 0 ? inner : inner.substring(0, comma);
        String second = comma < 0 ? "" : inner.substring(comma + 1);
        if (!isNumber(first) || !(second.isEmpty() || isNumber(second))) {
            return 0;
        }
        at = end + 1;
        long most = Long.parseLong(second.isEmpty() ? first : second);
        return Math.max(1, most);
    }

    private static boolean isNumber(String digits) {
        return !digits.isEmpty()
                && digits.length() < 10
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
