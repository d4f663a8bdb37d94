package dev.sluice.audit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a verification found.
 *
 * @param records that were looked at
 * @param signed of them
 * @param unsigned of them; not each has a finding of its own
 * @param keys by service, the public keys that it signed with
 * @param begins by partition, the first offset that the log goes back to
 */
public record VerificationReport(
        long records,
        long signed,
        long unsigned,
        Map<String, Set<String>> keys,
        SortedMap<String, Long> begins,
        List<Finding> findings) {

    public VerificationReport {
        keys = Map.copyOf(keys);
        begins = Collections.unmodifiableSortedMap(begins);
        findings = List.copyOf(findings);
    }
}
