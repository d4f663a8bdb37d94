package dev.sluice.sops;

/**
 * Which values of a file are encrypted. A file has one rule.
 *
 * @param kind how the pattern is read
 * @param pattern a suffix, or an expression in RE2 syntax that is searched for in each key of a
 *     value's path (or in the comments above it)
 */
public record SelectionRule(Kind kind, String pattern) {

    /** The rules, each with its name in the metadata. */
    public enum Kind {
        UNENCRYPTED_SUFFIX("unencrypted_suffix"),
        ENCRYPTED_SUFFIX("encrypted_suffix"),
        UNENCRYPTED_REGEX("unencrypted_regex"),
        ENCRYPTED_REGEX("encrypted_regex"),
        UNENCRYPTED_COMMENT_REGEX("unencrypted_comment_regex"),
        ENCRYPTED_COMMENT_REGEX("encrypted_comment_regex");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        /** The name in the metadata. */
        public String field() {
            return field;
        }
    }

    /**
     * What holds where a file names no rule: everything is encrypted but below keys that end with
     * {@code _unencrypted}.
     */
    public static final SelectionRule DEFAULT =
            new SelectionRule(Kind.UNENCRYPTED_SUFFIX, "_unencrypted");

    /**
     * What Flux's guide uses for Secrets: only the values under {@code data} and {@code
     * stringData}.
     */
    public static final SelectionRule SECRET_DATA =
            new SelectionRule(Kind.ENCRYPTED_REGEX, "^(data|stringData)$");
}
