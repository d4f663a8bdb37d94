package dev.sluice.sops;

import dev.sluice.sops.document.Branch;
import dev.sluice.sops.document.Entry;
import dev.sluice.sops.document.Flag;
import dev.sluice.sops.document.Items;
import dev.sluice.sops.document.Moment;
import dev.sluice.sops.document.Nothing;
import dev.sluice.sops.document.Text;
import dev.sluice.sops.document.Value;
import dev.sluice.sops.document.Whole;
import dev.sluice.sops.kms.WrappedKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the {@code sops} entry of a file. Unknown fields are left alone, as in files of newer
 * versions.
 */
final class MetadataReader {
    /** The entry's name. */
    static final String SOPS = "sops";

    /**
     * The lists of key services, in the order in which they are tried, each with the field that
     * names the key.
     */
    private static final List<String> SERVICES =
            List.of("kms", "gcp_kms", "hckms", "azure_kv", "hc_vault");

    private final Limits limits;

    MetadataReader(Limits limits) {
        this.limits = limits;
    }

    /** The metadata of a file, from its first document. */
    Metadata read(Branch document) throws SopsException {
        List<Value> found =
                document.entries().stream()
                        .filter(entry -> entry.key().equals(SOPS))
                        .map(Entry::value)
                        .toList();
        if (found.isEmpty()) {
            throw malformed(
                    "the file has no SOPS metadata: it is not encrypted, or lost its sops entry",
                    SOPS);
        }
        if (found.size() > 1 || !(found.getFirst() instanceof Branch sops)) {
            throw malformed("the SOPS metadata must be one map", SOPS);
        }
        String lastModified =
                Moment.parseToSeconds(text(sops, "lastmodified"))
                        .map(Moment::rfc3339)
                        .orElseThrow(() ->
                                malformed(
                                        "sops.lastmodified is missing or no time in RFC 3339",
                                        "sops.lastmodified"));
        return new Metadata(
                groups(sops),
                threshold(sops),
                rule(sops),
                flag(sops, "mac_only_encrypted"),
                lastModified,
                text(sops, "mac"),
                text(sops, "version"));
    }

    private List<List<KeyEntry>> groups(Branch sops) throws SopsException {
        List<KeyEntry> flat = group(sops);
        List<List<KeyEntry>> groups = new ArrayList<>();
        if (flat.isEmpty()) {
            for (Branch group : list(sops, "key_groups")) {
                groups.add(group(group));
            }
            groups.removeIf(List::isEmpty);
        } else {
            groups.add(flat);
        }
        int keys = groups.stream().mapToInt(List::size).sum();
        if (keys == 0) {
            throw malformed("the SOPS metadata lists no key: nobody can open the file", SOPS);
        }
        if (keys > limits.maxKeys()) {
            throw new SopsException(
                    SopsException.Kind.LIMIT,
                    "the SOPS metadata lists " + keys + " keys, more than " + limits.maxKeys(),
                    SOPS);
        }
        return groups;
    }

    /** A group's keys in the order in which they are tried: what needs no network first. */
    private List<KeyEntry> group(Branch group) throws SopsException {
        List<KeyEntry> keys = new ArrayList<>();
        for (Branch key : list(group, "age")) {
            keys.add(new KeyEntry.Age(text(key, "recipient"), text(key, "enc")));
        }
        for (Branch key : list(group, "pgp")) {
            keys.add(new KeyEntry.Pgp(text(key, "fp"), text(key, "enc"), text(key, "created_at")));
        }
        for (String service : SERVICES) {
            for (Branch key : list(group, service)) {
                keys.add(service(service, key));
            }
        }
        return keys;
    }

    private static KeyEntry service(String provider, Branch key) throws SopsException {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> context = new HashMap<>();
        for (Entry entry : key.entries()) {
            if (entry.value() instanceof Branch map) {
                for (Entry pair : map.entries()) {
                    context.put(pair.key(), scalar(pair.value()));
                }
            } else if (!entry.key().equals("enc")) {
                fields.put(entry.key(), scalar(entry.value()));
            }
        }
        return new KeyEntry.Service(
                WrappedKey.of(provider, fields, context, text(key, "enc")),
                text(key, "created_at"));
    }

    private static List<Branch> list(Branch branch, String name) throws SopsException {
        return switch (branch.get(name).orElse(Nothing.VALUE)) {
            case Nothing nothing -> List.of();
            case Items items -> {
                List<Branch> elements = new ArrayList<>();
                for (Value value : items.values()) {
                    if (value instanceof Branch element) {
                        elements.add(element);
                    }
                }
                yield elements;
            }
            // A flat format cannot tell an empty list from an empty text.
            case Text text when text.isEmpty() -> List.of();
            case Branch empty when empty.members().isEmpty() -> List.of();
            default -> throw malformed("sops." + name + " must be a list", "sops." + name);
        };
    }

    private static int threshold(Branch sops) throws SopsException {
        String text = text(sops, "shamir_threshold");
        if (text.isEmpty()) {
            return 0;
        }
        return Numbers.integer(text)
                .filter(number -> number >= 0 && number <= 255)
                .map(Long::intValue)
                .orElseThrow(() ->
                        malformed(
                                "sops.shamir_threshold must be a number up to 255",
                                "sops.shamir_threshold"));
    }

    private static SelectionRule rule(Branch sops) throws SopsException {
        List<SelectionRule> rules = new ArrayList<>();
        for (SelectionRule.Kind kind : SelectionRule.Kind.values()) {
            String pattern = text(sops, kind.field());
            if (!pattern.isEmpty()) {
                rules.add(new SelectionRule(kind, pattern));
            }
        }
        if (rules.size() > 1) {
            throw malformed(
                    "the SOPS metadata has two rules for what is encrypted: "
                            + rules.get(0).kind().field()
                            + " and "
                            + rules.get(1).kind().field(),
                    SOPS);
        }
        return rules.isEmpty() ? SelectionRule.DEFAULT : rules.getFirst();
    }

    private static boolean flag(Branch sops, String name) throws SopsException {
        String text = text(sops, name);
        return !text.isEmpty()
                && Numbers.flag(text)
                        .orElseThrow(() ->
                                malformed(
                                        "sops." + name + " must be true or false", "sops." + name));
    }

    private static String text(Branch branch, String name) throws SopsException {
        return scalar(branch.get(name).orElse(Nothing.VALUE));
    }

    private static String scalar(Value value) throws SopsException {
        return switch (value) {
            case Text text -> text.string();
            case Nothing nothing -> "";
            case Whole whole -> Long.toString(whole.value());
            case Flag flag -> Boolean.toString(flag.value());
            case Moment moment -> moment.rfc3339();
            default ->
                    throw malformed(
                            "the SOPS metadata has a list or map where a text belongs", SOPS);
        };
    }

    private static SopsException malformed(String message, String path) {
        return new SopsException(SopsException.Kind.METADATA, message, path);
    }
}
