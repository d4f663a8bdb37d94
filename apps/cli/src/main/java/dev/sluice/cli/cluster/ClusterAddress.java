package dev.sluice.cli.cluster;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a cluster is and how to get in.
 *
 * @param authorization the value of the Authorization header, if the identity is not a certificate
 * @param namespace that of the context, {@code default} if it has none
 */
public record ClusterAddress(
        URI server, SSLContext tls, Optional<String> authorization, String namespace) {

    /** Without the credentials. */
    @Override
    public String toString() {
        return server.toString();
    }
}
