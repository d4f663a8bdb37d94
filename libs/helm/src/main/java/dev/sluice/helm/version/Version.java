package dev.sluice.helm.version;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version. A leading {@code v} and missing parts are allowed: {@code v1.2} is 1.2.0.
 * What follows {@code +} takes no part in the order.
 *
 * @param preRelease what follows {@code -}; empty for a release
 */
public record Version(long major, long minor, long patch, String preRelease)
        implements Comparable<Version> {

    private static final String LABEL = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
    private static final Pattern FORM =
            Pattern.compile(
                    "v?(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?(?:-("
                            + LABEL
                            + "))?(?:\\+"
                            + LABEL
                            + ")?");

    /** Reads a version; empty for what is none, for example the tag {@code nightly}. */
    public static Optional<Version> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.length() > 256 || !parts.matches()) {
            return Optional.empty();
        }
        String label = parts.group(4) == null ? "" : parts.group(4);
        return Optional.of(
                new Version(
                        number(parts.group(1)),
                        number(parts.group(2)),
                        number(parts.group(3)),
                        label));
    }

    boolean isPreRelease() {
        return !preRelease.isEmpty();
    }

    @Override
    public int compareTo(Version other) {
        int order = Long.compare(major, other.major);
        order = order != 0 ? order : Long.compare(minor, other.minor);
        order = order != 0 ? order : Long.compare(patch, other.patch);
        return order != 0 ? order : comparePreReleases(preRelease, other.preRelease);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch + (isPreRelease() ? "-" + preRelease : "");
    }

    /** A release comes after its pre-releases. */
    private static int comparePreReleases(String one, String other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        String[] ones = one.split("\\.");
        String[] others = other.split("\\.");
        for (int i = 0; i < Math.min(ones.length, others.length); i++) {
            int order = compareIdentifiers(ones[i], others[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(ones.length, others.length);
    }

    /** Numbers by value and before words, words by their bytes. */
    private static int compareIdentifiers(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        return number ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }

    private static boolean isNumber(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
