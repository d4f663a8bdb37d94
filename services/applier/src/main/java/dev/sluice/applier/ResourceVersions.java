package dev.sluice.applier;

/** The order of resource versions: whole numbers that grow, as every API server writes them. */
final class ResourceVersions {

    private ResourceVersions() {}

    /** True where the first is later than the second; false where either is no number. */
    static boolean later(String first, String second) {
        return number(first) && number(second) && compare(first, second) > 0;
    }

    private static int compare(String first, String second) {
        return first.length() != second.length()
                ? Integer.compare(first.length(), second.length())
                : first.compareTo(second);
    }

    private static boolean number(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
