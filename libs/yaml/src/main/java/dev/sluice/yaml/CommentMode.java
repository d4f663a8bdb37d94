package dev.sluice.yaml;

/** Which comments the reader keeps. */
public enum CommentMode {
    NONE,
    /**
     * All of a text where at least one is a JSON object, which may be a field's schema; else none.
     */
    SCHEMAS,
    ALL;

    boolean keeps(String text) {
        return this == ALL || (this == SCHEMAS && hasJsonComment(text));
    }

    private static boolean hasJsonComment(String text) {
        for (int at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at)) {
            while (at < text.length()
                    && (text.charAt(at) == '#' || Source.isBlank(text.charAt(at)))) {
                at++;
            }
            if (at < text.length() && text.charAt(at) == '{') {
                return true;
            }
        }
        return false;
    }
}
