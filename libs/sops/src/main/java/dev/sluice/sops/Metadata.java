package dev.sluice.sops;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The metadata of an encrypted file. Nothing of it is authenticated: the rule and the lists are
 * only what the file says.
 *
 * @param groups the wrapped data key; with more than one group, shares of it
 * @param threshold how many groups are needed; 0 where the file does not say
 * @param rule which values are encrypted
 * @param macOnlyEncrypted whether the checksum leaves clear values out
 * @param lastModified RFC 3339 to the second; authenticated together with the checksum
 * @param mac the encrypted checksum
 * @param version of the program that wrote the file, possibly empty
 */
record Metadata(
        List<List<KeyEntry>> groups,
        int threshold,
        SelectionRule rule,
        boolean macOnlyEncrypted,
        String lastModified,
        String mac,
        String version) {
    Metadata {
        groups = groups.stream().map(List::copyOf).toList();
    }

    /** The public names of all recipients, in file order. */
    List<String> recipients() {
        return groups.stream()
                .flatMap(List::stream)
                .map(KeyEntry::shown)
                .distinct()
                .collect(Collectors.toUnmodifiableList());
    }

    /** The same with another list of keys in its only group. */
    Metadata withGroup(List<KeyEntry> group) {
        return new Metadata(
                List.of(group), threshold, rule, macOnlyEncrypted, lastModified, mac, version);
    }
}
