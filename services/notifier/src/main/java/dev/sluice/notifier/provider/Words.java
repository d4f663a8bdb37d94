package dev.sluice.notifier.provider;

import java.util.Locale;

/** Reasons as people read them. */
final class Words {

    private Words() {}

    /** {@code ReconciliationFailed} as {@code reconciliation failed}. */
    static String description(String reason) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < reason.length(); i++) {
            if (i > 0 && startsWord(reason, i)) {
                words.append(' ');
            }
            words.append(reason.charAt(i));
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }

    /** A word starts where the sort of letters changes; in {@code OCIFailed} at the F. */
    private static boolean startsWord(String text, int i) {
        int before = sort(text.charAt(i - 1));
        int now = sort(text.charAt(i));
        if (before == 'A' && now == 'a') {
            return false;
        }
        boolean lastCapital =
                before == 'A'
                        && now == 'A'
                        && i + 1 < text.length()
                        && sort(text.charAt(i + 1)) == 'a';
        return before != now || lastCapital;
    }

    private static int sort(char c) {
        if (Character.isLowerCase(c)) {
            return 'a';
        }
        if (Character.isUpperCase(c)) {
            return 'A';
        }
        return Character.isDigit(c) ? '0' : '-';
    }
}
