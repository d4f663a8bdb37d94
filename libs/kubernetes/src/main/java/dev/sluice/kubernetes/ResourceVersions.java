package dev.sluice.kubernetes;

import java.util.OptionalInt;

/** The order of resource versions: whole numbers that grow, as every API server writes them. */
public final class ResourceVersions {

    private ResourceVersions() {}

    /** True where the first is later than the second; false where either is no number. */
    public static boolean later(String first, String second) {
        return compare(first, second).orElse(0) > 0;
    }

    /** True where the first is the second or earlier; false where either is no number. */
    public static boolean notLater(String first, String second) {
        return compare(first, second).orElse(1) <= 0;
    }

    private static OptionalInt compare(String first, String second) {
        if (!number(first) || !number(second)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                first.length() != second.length()
                        ? Integer.compare(first.length(), second.length())
                        : first.compareTo(second));
    }

    private static boolean number(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
