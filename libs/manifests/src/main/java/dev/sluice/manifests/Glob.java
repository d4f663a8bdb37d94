package dev.sluice.manifests;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shell pattern as variable expressions use it: {@code *}, {@code ?}, {@code [a-z]}, {@code
 * [^a-z]} and a backslash before a character that means itself. A slash is a character like any
 * other.
 *
 * <p>All prefixes of a text are matched in one pass, so that neither a long value nor a bad pattern
 * takes more than text times pattern.
 */
final class Glob {

    /** One character of the text, or any number of them. */
    private sealed interface Token {
        record Many() implements Token {}

        record Any() implements Token {}

        record One(int codePoint) implements Token {}

        record OneOf(List<int[]> ranges, boolean negated) implements Token {
            boolean holds(int codePoint) {
                return ranges.stream().anyMatch(r -> r[0] <= codePoint && codePoint <= r[1])
                        != negated;
            }
        }
    }

    private final List<Token> tokens;

    private Glob(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Null where the pattern is none, for example since a class has no end. */
    static @Nullable Glob parse(String pattern) {
        return new Reader(pattern.codePoints().toArray()).read();
    }

    /** The shortest prefix of at least one character that matches, in code points; 0 for none. */
    int shortestPrefix(int[] text) {
        return prefix(text, false);
    }

    /** The longest prefix that matches, in code points; 0 for none. */
    int longestPrefix(int[] text) {
        return prefix(text, true);
    }

    private int prefix(int[] text, boolean longest) {
        boolean[] reached = new boolean[tokens.size() + 1];
        reached[0] = true;
        skipMany(reached);
        int found = 0;
        for (int i = 0; i < text.length; i++) {
            reached = step(reached, text[i]);
            if (reached[tokens.size()]) {
                found = i + 1;
                if (!longest) {
                    return found;
                }
            }
        }
        return found;
    }

    private boolean[] step(boolean[] reached, int codePoint) {
        boolean[] next = new boolean[reached.length];
        for (int i = 0; i < tokens.size(); i++) {
            if (!reached[i]) {
                continue;
            }
            switch (tokens.get(i)) {
                case Token.Many _ -> next[i] = true;
                case Token.Any _ -> next[i + 1] = true;
                case Token.One(int wanted) -> next[i + 1] |= wanted == codePoint;
                case Token.OneOf characters -> next[i + 1] |= characters.holds(codePoint);
            }
        }
        skipMany(next);
        return next;
    }

    /** A star may stand for nothing. */
    private void skipMany(boolean[] reached) {
        for (int i = 0; i < tokens.size(); i++) {
            if (reached[i] && tokens.get(i) instanceof Token.Many) {
                reached[i + 1] = true;
            }
        }
    }

    private static final class Reader {
        private final int[] pattern;
        private int at;

        Reader(int[] pattern) {
            this.pattern = pattern;
        }

        @Nullable Glob read() {
            List<Token> tokens = new ArrayList<>();
            while (at < pattern.length) {
                int c = pattern[at++];
                Token token =
                        switch (c) {
                            case '*' -> new Token.Many();
                            case '?' -> new Token.Any();
                            case '[' -> characters();
                            case '\\' -> at < pattern.length ? new Token.One(pattern[at++]) : null;
                            default -> new Token.One(c);
                        };
                if (token == null) {
                    return null;
                }
                tokens.add(token);
            }
            return new Glob(tokens);
        }

        private @Nullable Token characters() {
            boolean negated = at < pattern.length && pattern[at] == '^';
            if (negated) {
                at++;
            }
            List<int[]> ranges = new ArrayList<>();
            while (at < pattern.length) {
                if (pattern[at] == ']' && !ranges.isEmpty()) {
                    at++;
                    return new Token.OneOf(ranges, negated);
                }
                int low = character();
                int high = low;
                if (low >= 0 && at < pattern.length && pattern[at] == '-') {
                    at++;
                    high = character();
                }
                if (low < 0 || high < 0) {
                    return null;
                }
                ranges.add(new int[] {low, high});
            }
            return null;
        }

        /** A character of a class; -1 where there is none. */
        private int character() {
            if (at >= pattern.length || pattern[at] == '-' || pattern[at] == ']') {
                return -1;
            }
            if (pattern[at] == '\\') {
                at++;
            }
            return at < pattern.length ? pattern[at++] : -1;
        }
    }
}
