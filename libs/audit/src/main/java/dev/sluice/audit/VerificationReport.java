package dev.sluice.audit;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a verification found.
 *
 * @param records that were looked at; dead letters are not
 * @param signed of them
 * @param unsigned of them, those from before there were signatures among them
 * @param keys by service, the public keys that it signed with
 */
public record VerificationReport(
        long records,
        long signed,
        long unsigned,
        Map<String, Set<String>> keys,
        List<Finding> findings) {

    public VerificationReport {
        keys = Map.copyOf(keys);
        findings = List.copyOf(findings);
    }
}
