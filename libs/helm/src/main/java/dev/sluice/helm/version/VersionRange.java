package dev.sluice.helm.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of versions: comparisons joined by spaces or commas must all hold, groups joined by
 * {@code ||} give a choice. Knows {@code = != > < >= <= ~ ^}, {@code x}, {@code X} and {@code *}
 * for any number, and {@code 1.0.0 - 1.2.0}.
 *
 * <p>A pre-release is in the range only if every comparison of its group names a pre-release
 * itself, as {@code >=1.0.0-0} does.
 */
public final class VersionRange {

    private static final String PART = "(?:\\d{1,18}|[xX*])";
    private static final String LABEL = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
    private static final String VERSION =
            "v?("
                    + PART
                    + ")(?:\\.("
                    + PART
                    + "))?(?:\\.("
                    + PART
                    + "))?(?:-("
                    + LABEL
                    + "))?(?:\\+"
                    + LABEL
                    + ")?";
    private static final Pattern COMPARISON =
            Pattern.compile(
                    "\\G[\\s,]*(=|!=|>=|=>|<=|=<|>|<|~>|~|\\^|)\\s*(" + VERSION + ")(?=[\\s,]|$)");
    private static final Pattern HYPHEN =
            Pattern.compile("\\s*(" + VERSION + ")\\s+-\\s+(" + VERSION + ")\\s*");
    private static final int MAX_LENGTH = 1024;

    private final List<List<Comparison>> choices;

    private VersionRange(List<List<Comparison>> choices) {
        this.choices = choices;
    }

    /** Reads a range; empty for what is none. */
    public static Optional<VersionRange> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        List<List<Comparison>> choices = new ArrayList<>();
        for (String group : text.split("\\|\\|", -1)) {
            Matcher hyphen = HYPHEN.matcher(group);
            List<Comparison> all =
                    group(
                            hyphen.matches()
                                    ? ">=" + hyphen.group(1) + " <=" + hyphen.group(6)
                                    : group);
            if (all.isEmpty()) {
                return Optional.empty();
            }
            choices.add(all);
        }
        return Optional.of(new VersionRange(choices));
    }

    public boolean contains(Version version) {
        return choices.stream()
                .anyMatch(all -> all.stream().allMatch(comparison -> comparison.holds(version)));
    }

    /** The comparisons of one group; empty if there is anything else in it. */
    private static List<Comparison> group(String text) {
        List<Comparison> all = new ArrayList<>();
        Matcher matcher = COMPARISON.matcher(text);
        int end = 0;
        while (matcher.find()) {
            all.add(comparison(matcher));
            end = matcher.end();
        }
        return text.substring(end).isBlank() ? all : List.of();
    }

    private static Comparison comparison(Matcher matcher) {
        int given = 0;
        long[] numbers = new long[3];
        for (int i = 0; i < 3; i++) {
            String part = matcher.group(3 + i);
            if (part == null || !Character.isDigit(part.charAt(0))) {
                break;
            }
            numbers[i] = Long.parseLong(part);
            given++;
        }
        String label = given < 3 || matcher.group(6) == null ? "" : matcher.group(6);
        String operator = matcher.group(1);
        return new Comparison(
                operator, new Version(numbers[0], numbers[1], numbers[2], label), given);
    }

    /**
     * One comparison.
     *
     * @param given how many of the three numbers the text had; the others are for any
     */
    private record Comparison(String operator, Version bound, int given) {

        boolean holds(Version version) {
            if (version.isPreRelease() && !bound.isPreRelease()) {
                return false;
            }
            return switch (operator) {
                case "!=" -> !sameAsGiven(version);
                case ">" ->
                        given == 3
                                ? version.compareTo(bound) > 0
                                : given > 0 && isAtLeast(version, above(given));
                case "<" -> version.compareTo(bound) < 0;
                case ">=", "=>" -> version.compareTo(bound) >= 0;
                case "<=", "=<" ->
                        given == 3
                                ? version.compareTo(bound) <= 0
                                : given == 0 || !isAtLeast(version, above(given));
                case "~", "~>" -> given == 0 || within(version, above(Math.min(given, 2)));
                case "^" -> given == 0 || within(version, above(significant()));
                default -> sameAsGiven(version);
            };
        }

        private boolean within(Version version, Version end) {
            return version.compareTo(bound) >= 0 && !isAtLeast(version, end);
        }

        private boolean sameAsGiven(Version version) {
            return given == 3
                    ? version.compareTo(bound) == 0
                    : given == 0 || within(version, above(given));
        }

        /**
         * How many numbers must stay with {@code ^}: up to the first that is not zero, or all that
         * were given.
         */
        private int significant() {
            if (bound.major() > 0 || given == 1) {
                return 1;
            }
            return bound.minor() > 0 || given == 2 ? 2 : 3;
        }

        /** The first release after all whose first numbers are the bound's. */
        private Version above(int numbers) {
            return switch (numbers) {
                case 1 -> new Version(bound.major() + 1, 0, 0, "");
                case 2 -> new Version(bound.major(), bound.minor() + 1, 0, "");
                default -> new Version(bound.major(), bound.minor(), bound.patch() + 1, "");
            };
        }

        /** By the numbers alone: a pre-release of the end is beyond it too. */
        private static boolean isAtLeast(Version version, Version end) {
            Version numbers = new Version(version.major(), version.minor(), version.patch(), "");
            return numbers.compareTo(end) >= 0;
        }
    }
}
