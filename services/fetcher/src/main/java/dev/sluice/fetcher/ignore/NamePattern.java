package dev.sluice.fetcher.ignore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shell pattern for one name of a path: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a-z]} and a
 * backslash that takes the meaning from what follows. A pattern that is malformed matches nothing.
 * Matching takes time in proportion to pattern times name at worst.
 */
final class NamePattern {

    /**
     * What one part of a pattern stands for; {@link Many} for any run of characters, all others for
     * one.
     */
    private sealed interface Part {}

    private record Many() implements Part {}

    private record Any() implements Part {}

    private record Literal(int character) implements Part {}

    private record OneOf(boolean negated, List<int[]> ranges) implements Part {
        boolean has(int character) {
            boolean within =
                    ranges.stream()
                            .anyMatch(range -> range[0] <= character && character <= range[1]);
            return within != negated;
        }
    }

    private final @Nullable List<Part> parts;

    NamePattern(String text) {
        this.parts = new Reader(text.codePoints().toArray()).read();
    }

    boolean matches(String name) {
        return parts != null && matches(parts, name.codePoints().toArray());
    }

    /** On a mismatch goes back to the last {@code *} only, and lets it take one character more. */
    private static boolean matches(List<Part> parts, int[] name) {
        int part = 0;
        int at = 0;
        int star = -1;
        int starAt = 0;
        while (at < name.length) {
            if (part < parts.size() && parts.get(part) instanceof Many) {
                star = part++;
                starAt = at;
            } else if (part < parts.size() && matches(parts.get(part), name[at])) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) instanceof Many) {
            part++;
        }
        return part == parts.size();
    }

    private static boolean matches(Part part, int character) {
        return switch (part) {
            case Many() -> false;
            case Any() -> true;
            case Literal(int expected) -> expected == character;
            case OneOf set -> set.has(character);
        };
    }

    /** Reads a pattern; null for one that is malformed. */
    private static final class Reader {

        private final int[] text;
        private int at;

        Reader(int[] text) {
            this.text = text;
        }

        @Nullable List<Part> read() {
            List<Part> parts = new ArrayList<>();
            while (at < text.length) {
                Part part =
                        switch (text[at++]) {
                            case '*' -> new Many();
                            case '?' -> new Any();
                            case '[' -> set();
                            case '\\' -> at < text.length ? new Literal(text[at++]) : null;
                            default -> new Literal(text[at - 1]);
                        };
                if (part == null) {
                    return null;
                }
                parts.add(part);
            }
            return parts;
        }

        private @Nullable Part set() {
            boolean negated = at < text.length && text[at] == '^';
            if (negated) {
                at++;
            }
            List<int[]> ranges = new ArrayList<>();
            while (at < text.length && (text[at] != ']' || ranges.isEmpty())) {
                int low = member();
                int high = low;
                if (at < text.length && text[at] == '-') {
                    at++;
                    high = member();
                }
                if (low < 0 || high < 0) {
                    return null;
                }
                ranges.add(new int[] {low, high});
            }
            return at++ < text.length ? new OneOf(negated, ranges) : null;
        }

        /**
         * A character of a set, or -1: {@code -} and {@code ]} stand for themselves only after a
         * backslash.
         */
        private int member() {
            if (at >= text.length || text[at] == '-' || text[at] == ']') {
                return -1;
            }
            if (text[at] == '\\') {
                at++;
            }
            return at < text.length ? text[at++] : -1;
        }
    }
}
