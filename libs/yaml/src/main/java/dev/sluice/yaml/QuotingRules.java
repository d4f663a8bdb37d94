package dev.sluice.yaml;

import java.util.regex.Pattern;

/** Which strings must be quoted because some YAML reader would take them for another type. */
final class QuotingRules {
    /**
     * YAML 1.1 reads {@code 12:30} as a number to the base of 60; Go's libraries don't, and quote
     * it all the same.
     */
    private static final Pattern BASE_60 =
            Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

    private QuotingRules() {}

    /** Written plain, the text would be read as something else than a string. */
    static boolean looksTyped(String text, ScalarResolver resolver) {
        return !resolver.tagOf(text).equals(Tags.STR) || isBase60(text);
    }

    private static boolean isBase60(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        boolean mayBe = first == '+' || first == '-' || (first >= '0' && first <= '9');
        return mayBe && text.indexOf(':') >= 0 && BASE_60.matcher(text).matches();
    }
}
