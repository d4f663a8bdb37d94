package dev.sluice.drift;

/** The order of resource versions: whole numbers that grow, as every API server writes them. */
final class ResourceVersions {

    private ResourceVersions() {}

    /** True where the first is later than the second, or either is no number. */
    static boolean later(String first, String second) {
        if (!number(first) || !number(second)) {
            return true;
        }
        return first.length() == second.length()
                ? first.compareTo(second) > 0
                : first.length() > second.length();
    }

    private static boolean number(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
