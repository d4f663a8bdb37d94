package dev.sluice.sops.kms;

import java.net.URI;

/**
 * Azure's addresses, or those of a stand-in.
 *
 * @param login Entra's login service
 * @param metadata of the machine that this runs on
 */
public record AzureEndpoints(URI login, URI metadata) {
    /** The public cloud. */
    public static final AzureEndpoints PUBLIC =
            new AzureEndpoints(
                    URI.create("https://login.microsoftonline.com"),
                    URI.create("http://169.254.169.254"));

    /** Another cloud's login service, or a test's. */
    public AzureEndpoints withLogin(URI other) {
        return new AzureEndpoints(other, metadata);
    }
}
