package dev.sluice.sops;

import dev.sluice.sops.document.Branch;
import dev.sluice.sops.document.Entry;
import dev.sluice.sops.document.Flag;
import dev.sluice.sops.document.Items;
import dev.sluice.sops.document.Member;
import dev.sluice.sops.document.Text;
import dev.sluice.sops.document.Value;
import dev.sluice.sops.document.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metadata as the {@code sops} entry of a file, its keys in the order of the alphabet as SOPS
 * writes them.
 */
final class MetadataWriter {
    /** The version of SOPS whose format this is. */
    static final String VERSION = "3.13.3";

    private MetadataWriter() {}

    static Branch branch(Metadata metadata) {
        Map<String, Value> fields = new TreeMap<>();
        if (metadata.groups().size() == 1) {
            lists(metadata.groups().getFirst(), fields);
        } else {
            List<Value> groups = new ArrayList<>();
            for (List<KeyEntry> group : metadata.groups()) {
                Map<String, Value> lists = new TreeMap<>();
                lists(group, lists);
                groups.add(branch(lists));
            }
            fields.put("key_groups", new Items(groups));
            fields.put("shamir_threshold", new Whole(metadata.threshold()));
        }
        fields.put("lastmodified", Text.of(metadata.lastModified()));
        fields.put("mac", Text.of(metadata.mac()));
        if (metadata.macOnlyEncrypted()) {
            fields.put("mac_only_encrypted", new Flag(true));
        }
        fields.put(metadata.rule().kind().field(), Text.of(metadata.rule().pattern()));
        fields.put("version", Text.of(metadata.version()));
        return branch(fields);
    }

    private static void lists(List<KeyEntry> group, Map<String, Value> fields) {
        Map<String, List<Value>> lists = new TreeMap<>();
        for (KeyEntry entry : group) {
            String list =
                    switch (entry) {
                        case KeyEntry.Age age -> "age";
                        case KeyEntry.Pgp pgp -> "pgp";
                        case KeyEntry.Service service -> service.key().provider();
                    };
            lists.computeIfAbsent(list, name -> new ArrayList<>()).add(branch(fields(entry)));
        }
        lists.forEach((name, entries) -> fields.put(name, new Items(entries)));
    }

    private static Map<String, Value> fields(KeyEntry entry) {
        Map<String, Value> fields = new TreeMap<>();
        switch (entry) {
            case KeyEntry.Age age -> {
                fields.put("recipient", Text.of(age.recipient()));
                fields.put("enc", Text.of(age.file()));
            }
            case KeyEntry.Pgp pgp -> {
                fields.put("created_at", Text.of(pgp.createdAt()));
                fields.put("enc", Text.of(pgp.message()));
                fields.put("fp", Text.of(pgp.fingerprint()));
            }
            case KeyEntry.Service service -> {
                service.key().fields().forEach((name, value) -> fields.put(name, Text.of(value)));
                if (!service.key().context().isEmpty()) {
                    Map<String, Value> context = new TreeMap<>();
                    service.key()
                            .context()
                            .forEach((name, value) -> context.put(name, Text.of(value)));
                    fields.put("context", branch(context));
                }
                fields.put("created_at", Text.of(service.createdAt()));
                fields.put("enc", Text.of(service.key().wrapped()));
            }
        }
        return fields;
    }

    private static Branch branch(Map<String, Value> fields) {
        return new Branch(
                fields.entrySet().stream()
                        .<Member>map(field -> new Entry(field.getKey(), field.getValue()))
                        .toList());
    }
}
