package dev.sluice.audit;

import dev.sluice.audit.LoggedRecord.Header;
import java.util.List;

/**
 * What makes a record evidence: two headers more.
 *
 * @param partition to which it must be written
 * @param number its place, to be told back by {@link Chain#written} or {@link Chain#lost}
 * @param headers all headers, these two among them
 */
public record Seal(int partition, long number, List<Header> headers) {

    /** The header with the record's place in its chain, see {@link Link}. */
    public static final String CHAIN = "sluice-chain";

    /** The header with the writer's public key and signature, see {@link ServiceKey}. */
    public static final String SIGNATURE = "sluice-signature";

    public Seal {
        headers = List.copyOf(headers);
    }
}
