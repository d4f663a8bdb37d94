package dev.sluice.sops;

import com.google.re2j.PatternSyntaxException;
import dev.sluice.patterns.BoundedPattern;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a new file is to be encrypted, by the first rule of the nearest {@code .sops.yaml} whose
 * {@code path_regex} fits the file's path from there.
 *
 * @param recipients who can open it
 * @param selection which values are encrypted
 * @param macOnlyEncrypted whether the checksum is over the encrypted values alone
 */
public record CreationRule(
        Recipients recipients, SelectionRule selection, boolean macOnlyEncrypted) {

    /** The name of the file with the rules. */
    public static final String FILE = ".sops.yaml";

    /**
     * The rule for a file.
     *
     * @param keys hold the PGP keys of which the rules have only fingerprints
     * @return empty where there are no rules or none fits
     * @throws SopsException where the rule cannot be read
     */
    public static Optional<CreationRule> of(Path file, KeyRing keys)
            throws IOException, SopsException {
        Path absolute = file.toAbsolutePath().normalize();
        for (@Nullable Path at = absolute.getParent(); at != null; at = at.getParent()) {
            Path rules = at.resolve(FILE);
            if (Files.isRegularFile(rules)) {
                String path = at.relativize(absolute).toString();
                Optional<Node> rule = fitting(rules, Files.readString(rules), path);
                return rule.isEmpty()
                        ? Optional.empty()
                        : Optional.of(read(rules, rule.get(), keys));
            }
        }
        return Optional.empty();
    }

    private static Optional<Node> fitting(Path rules, String text, String path)
            throws SopsException {
        try {
            Node list = YamlReader.MANIFEST.read(text).get("creation_rules");
            for (Node rule : list == null ? List.<Node>of() : list.items()) {
                String regex = rule.text("path_regex");
                if (regex == null || BoundedPattern.compile(regex).matcher(path).find()) {
                    return Optional.of(rule);
                }
            }
            return Optional.empty();
        } catch (YamlException | PatternSyntaxException e) {
            throw new SopsException(
                    SopsException.Kind.FORMAT, rules + " cannot be read: " + e.getMessage());
        }
    }

    private static CreationRule read(Path rules, Node rule, KeyRing keys) throws SopsException {
        try {
            return new CreationRule(
                    RuleRecipients.of(rule, keys),
                    selection(rule),
                    "true".equals(rule.text("mac_only_encrypted")));
        } catch (SopsException | IllegalArgumentException e) {
            throw new SopsException(
                    SopsException.Kind.FORMAT, "the rule of " + rules + ": " + e.getMessage());
        }
    }

    private static SelectionRule selection(Node rule) {
        return Arrays.stream(SelectionRule.Kind.values())
                .filter(kind -> rule.has(kind.field()))
                .findFirst()
                .map(kind -> new SelectionRule(kind, String.valueOf(rule.text(kind.field()))))
                .orElse(SelectionRule.DEFAULT);
    }

    /** Recipients that the command line names go in place of the rule's. */
    public CreationRule with(List<Recipient> named) {
        return named.isEmpty()
                ? this
                : new CreationRule(Recipients.of(named), selection, macOnlyEncrypted);
    }
}
