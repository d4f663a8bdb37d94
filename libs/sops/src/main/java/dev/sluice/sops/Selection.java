package dev.sluice.sops;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.patterns.BoundedPattern;

/** A {@link SelectionRule}, ready to be asked. */
final class Selection {
    private final SelectionRule.Kind kind;
    private final String suffix;
    private final Pattern pattern;

    private Selection(SelectionRule.Kind kind, String suffix, Pattern pattern) {
        this.kind = kind;
        this.suffix = suffix;
        this.pattern = pattern;
    }

    static Selection of(SelectionRule rule) throws SopsException {
        try {
            return switch (rule.kind()) {
                case UNENCRYPTED_SUFFIX, ENCRYPTED_SUFFIX ->
                        new Selection(rule.kind(), rule.pattern(), BoundedPattern.compile(""));
                case UNENCRYPTED_REGEX,
                        ENCRYPTED_REGEX,
                        UNENCRYPTED_COMMENT_REGEX,
                        ENCRYPTED_COMMENT_REGEX ->
                        new Selection(rule.kind(), "", BoundedPattern.compile(rule.pattern()));
            };
        } catch (PatternSyntaxException e) {
            throw new SopsException(
                    SopsException.Kind.METADATA,
                    rule.kind().field() + " is no expression in RE2 syntax: " + e.getDescription(),
                    "sops." + rule.kind().field());
        }
    }

    /** Whether a key lets the rule match for everything below it. */
    boolean matchesKey(String key) {
        return switch (kind) {
            case UNENCRYPTED_SUFFIX, ENCRYPTED_SUFFIX -> key.endsWith(suffix);
            case UNENCRYPTED_REGEX, ENCRYPTED_REGEX -> pattern.matcher(key).find();
            case UNENCRYPTED_COMMENT_REGEX, ENCRYPTED_COMMENT_REGEX -> false;
        };
    }

    /** Whether a line of comment lets the rule match for what follows it. */
    boolean matchesComment(String text) {
        return switch (kind) {
            case UNENCRYPTED_COMMENT_REGEX, ENCRYPTED_COMMENT_REGEX -> pattern.matcher(text).find();
            case UNENCRYPTED_SUFFIX, ENCRYPTED_SUFFIX, UNENCRYPTED_REGEX, ENCRYPTED_REGEX -> false;
        };
    }

    /** Whether a value is encrypted. */
    boolean selects(boolean matched) {
        return switch (kind) {
            case ENCRYPTED_SUFFIX, ENCRYPTED_REGEX, ENCRYPTED_COMMENT_REGEX -> matched;
            case UNENCRYPTED_SUFFIX, UNENCRYPTED_REGEX, UNENCRYPTED_COMMENT_REGEX -> !matched;
        };
    }

    /** Whether the line that matches stays in clear itself, so that it can be found again. */
    boolean skipsMatchingComment() {
        return kind == SelectionRule.Kind.ENCRYPTED_COMMENT_REGEX;
    }
}
