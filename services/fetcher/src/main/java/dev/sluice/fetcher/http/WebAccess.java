package dev.sluice.fetcher.http;

import dev.sluice.tls.TlsMaterial;
import java.time.Duration;

/**
 * How a remote is reached.
 *
 * @param insecureTls whether any certificate will do
 * @param timeout how long one request may take, with its answer
 */
public record WebAccess(
        TlsMaterial tls, boolean insecureTls, ProxyAddress proxy, Duration timeout) {

    /** With the platform's authorities and no proxy. */
    public static WebAccess plain(Duration timeout) {
        return new WebAccess(TlsMaterial.NONE, false, ProxyAddress.NONE, timeout);
    }
}
