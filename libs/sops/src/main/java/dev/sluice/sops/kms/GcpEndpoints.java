package dev.sluice.sops.kms;

import java.net.URI;

/**
 * Google's addresses, or those of a stand-in.
 *
 * @param kms the key service
 * @param token exchanges statements and refresh tokens for access tokens
 * @param sts exchanges foreign tokens for federated ones
 * @param accounts lets a federated identity act as a service account
 * @param metadata of the machine that this runs on
 */
public record GcpEndpoints(URI kms, URI token, URI sts, URI accounts, URI metadata) {
    public static final GcpEndpoints GOOGLE =
            new GcpEndpoints(
                    URI.create("https://cloudkms.googleapis.com"),
                    URI.create("https://oauth2.googleapis.com/token"),
                    URI.create("https://sts.googleapis.com/v1/token"),
                    URI.create("https://iamcredentials.googleapis.com"),
                    URI.create("http://metadata.google.internal"));

    /** The same with another key service and token service. */
    public GcpEndpoints with(URI otherKms, URI otherToken) {
        return new GcpEndpoints(otherKms, otherToken, sts, accounts, metadata);
    }

    /** All on one address, for tests. */
    public static GcpEndpoints at(String address) {
        return new GcpEndpoints(
                URI.create(address),
                URI.create(address + "/token"),
                URI.create(address + "/sts/token"),
                URI.create(address),
                URI.create(address));
    }
}
