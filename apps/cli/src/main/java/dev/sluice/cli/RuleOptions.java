package dev.sluice.cli;

import dev.sluice.sops.SelectionRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which values of a file are encrypted: at most one of these. */
final class RuleOptions {

    @Option(
            names = "--encrypted-regex",
            paramLabel = "REGEX",
            description = "Encrypt only below keys that match, in RE2 syntax.")
    private @Nullable String encryptedRegex;

    @Option(
            names = "--unencrypted-regex",
            paramLabel = "REGEX",
            description = "Encrypt all but what is below keys that match.")
    private @Nullable String unencryptedRegex;

    @Option(
            names = "--encrypted-suffix",
            paramLabel = "SUFFIX",
            description = "Encrypt only below keys that end so.")
    private @Nullable String encryptedSuffix;

    @Option(
            names = "--unencrypted-suffix",
            paramLabel = "SUFFIX",
            description = "Encrypt all but what is below keys that end so.")
    private @Nullable String unencryptedSuffix;

    @Option(
            names = "--encrypted-comment-regex",
            paramLabel = "REGEX",
            description = "Encrypt only what stands below a comment that matches.")
    private @Nullable String encryptedCommentRegex;

    @Option(
            names = "--unencrypted-comment-regex",
            paramLabel = "REGEX",
            description = "Encrypt all but what stands below a comment that matches.")
    private @Nullable String unencryptedCommentRegex;

    boolean isGiven() {
        return Stream.of(
                        encryptedRegex,
                        unencryptedRegex,
                        encryptedSuffix,
                        unencryptedSuffix,
                        encryptedCommentRegex,
                        unencryptedCommentRegex)
                .anyMatch(Objects::nonNull);
    }

    SelectionRule rule() throws CommandFailure {
        List<SelectionRule> rules =
                Stream.of(
                                rule(SelectionRule.Kind.ENCRYPTED_REGEX, encryptedRegex),
                                rule(SelectionRule.Kind.UNENCRYPTED_REGEX, unencryptedRegex),
                                rule(SelectionRule.Kind.ENCRYPTED_SUFFIX, encryptedSuffix),
                                rule(SelectionRule.Kind.UNENCRYPTED_SUFFIX, unencryptedSuffix),
                                rule(
                                        SelectionRule.Kind.ENCRYPTED_COMMENT_REGEX,
                                        encryptedCommentRegex),
                                rule(
                                        SelectionRule.Kind.UNENCRYPTED_COMMENT_REGEX,
                                        unencryptedCommentRegex))
                        .flatMap(rule -> rule)
                        .toList();
        if (rules.size() > 1) {
            throw new CommandFailure(
                    "a file has one rule for what is encrypted, and " + rules.size() + " are given",
                    2);
        }
        return rules.isEmpty() ? SelectionRule.DEFAULT : rules.getFirst();
    }

    private static Stream<SelectionRule> rule(SelectionRule.Kind kind, @Nullable String pattern) {
        return pattern == null ? Stream.empty() : Stream.of(new SelectionRule(kind, pattern));
    }
}
