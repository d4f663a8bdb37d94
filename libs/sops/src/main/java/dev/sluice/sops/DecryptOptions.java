package dev.sluice.sops;

import dev.sluice.sops.kms.KeyService;
import java.util.List;

/**
 * How files are decrypted.
 *
 * @param verifyMac whether the checksum over the whole file must fit. A file as it lies in Git
 *     must; an object that came out of a build cannot, because keys are sorted, documents split and
 *     fields injected there: Flux never compares it, and neither can we at that place
 * @param services the key services that may be asked, in no order; with none, only age and PGP keys
 *     open files and nothing goes to the network
 * @param limits what is too much
 */
public record DecryptOptions(boolean verifyMac, List<KeyService> services, Limits limits) {

    /** What is verified: everything; what is asked: no network. */
    public static final DecryptOptions STRICT = new DecryptOptions(true, List.of(), Limits.DEFAULT);

    /** As Flux decrypts: without comparing the checksum. */
    public static final DecryptOptions WITHOUT_MAC =
            new DecryptOptions(false, List.of(), Limits.DEFAULT);

    public DecryptOptions {
        services = List.copyOf(services);
    }

    public DecryptOptions withServices(List<KeyService> asked) {
        return new DecryptOptions(verifyMac, asked, limits);
    }
}
