package dev.sluice.sops;

import dev.sluice.sops.kms.WrappedKey;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The recipients of one creation rule: in lists by kind, or in key groups of such lists. */
final class RuleRecipients {

    /** Each kind by the names that it has in a rule and in a key group. */
    private static final List<List<String>> KINDS =
            List.of(
                    List.of("age"),
                    List.of("pgp"),
                    List.of("kms"),
                    List.of("gcp_kms"),
                    List.of("azure_keyvault"),
                    List.of("hc_vault_transit_uri", "hc_vault"));

    private final KeyRing keys;

    private RuleRecipients(KeyRing keys) {
        this.keys = keys;
    }

    static Recipients of(Node rule, KeyRing keys) throws SopsException {
        RuleRecipients reader = new RuleRecipients(keys);
        @Nullable Node groups = rule.get("key_groups");
        if (groups == null) {
            return Recipients.of(reader.group(rule));
        }
        List<List<Recipient>> read = new ArrayList<>();
        for (Node group : groups.items()) {
            read.add(reader.group(group));
        }
        @Nullable String threshold = rule.text("shamir_threshold");
        return new Recipients(
                read, threshold == null ? read.size() : Integer.parseInt(threshold.strip()));
    }

    private List<Recipient> group(Node group) throws SopsException {
        List<Recipient> recipients = new ArrayList<>();
        for (List<String> names : KINDS) {
            for (String name : names) {
                @Nullable Node entry = group.get(name);
                if (entry != null) {
                    read(name, entry, recipients);
                }
            }
        }
        @Nullable Node merged = group.get("merge");
        for (Node inner : merged == null ? List.<Node>of() : merged.items()) {
            recipients.addAll(group(inner));
        }
        return recipients;
    }

    /** A text with commas between, a list of texts, or a list of maps. */
    private void read(String kind, Node entry, List<Recipient> recipients) throws SopsException {
        if (entry.isSequence()) {
            for (Node item : entry.items()) {
                if (item.isMapping()) {
                    recipients.add(service(kind, item));
                } else {
                    recipients.add(named(kind, item.value()));
                }
            }
            return;
        }
        for (String name : Arrays.stream(entry.value().split(",")).map(String::strip).toList()) {
            if (!name.isEmpty()) {
                recipients.add(named(kind, name));
            }
        }
    }

    private Recipient named(String kind, String name) throws SopsException {
        return kind.equals("pgp") ? new Recipient.Pgp(keys.pgpKey(name)) : Recipient.parse(name);
    }

    private static Recipient service(String kind, Node item) throws SopsException {
        return switch (kind) {
            case "kms" -> {
                Map<String, String> context = new TreeMap<>();
                @Nullable Node stated = item.get("context");
                if (stated != null) {
                    stated.entries()
                            .forEach(pair -> context.put(pair.name(), pair.value().value()));
                }
                @Nullable String role = item.text("role");
                Map<String, String> fields =
                        role == null
                                ? Map.of("arn", text(item, "arn"))
                                : Map.of("arn", text(item, "arn"), "role", role);
                yield new Recipient.Service(WrappedKey.of("kms", fields, context, ""));
            }
            case "gcp_kms" -> Recipient.parse(text(item, "resource_id"));
            case "azure_keyvault" ->
                    Recipient.parse(
                            text(item, "vaultUrl").replaceAll("/+$", "")
                                    + "/keys/"
                                    + text(item, "key")
                                    + '/'
                                    + text(item, "version"));
            default ->
                    throw new SopsException(SopsException.Kind.FORMAT, kind + " takes texts alone");
        };
    }

    private static String text(Node item, String field) throws SopsException {
        @Nullable String text = item.text(field);
        if (text == null) {
            throw new SopsException(SopsException.Kind.FORMAT, "a key has no " + field);
        }
        return text;
    }
}
