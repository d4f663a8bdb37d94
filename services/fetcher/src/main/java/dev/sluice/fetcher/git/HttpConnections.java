package dev.sluice.fetcher.git;

import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.tls.TlsMaterial;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/**
 * HTTP connections to one remote: with its credentials from the first request on (no 401 in
 * between), its authorities, its client certificate and its proxy. A redirect to another origin
 * gets no credentials.
 */
final class HttpConnections implements HttpConnectionFactory {

    private final HttpConnectionFactory plain = new JDKHttpConnectionFactory();
    private final GitRemote remote;

    HttpConnections(GitRemote remote) {
        this.remote = remote;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy platform) throws IOException {
        ProxyAddress proxy = remote.proxy();
        HttpConnection connection = plain.create(url, proxy.platform().orElse(platform));
        String authorization = remote.credentials().authorization();
        if (!authorization.isEmpty() && isSameOrigin(url)) {
            connection.setRequestProperty("Authorization", authorization);
        }
        if (!proxy.authorization().isEmpty()) {
            connection.setRequestProperty("Proxy-Authorization", proxy.authorization());
        }
        if (url.getProtocol().equals("https")) {
            configureTls(connection);
        }
        return connection;
    }

    private void configureTls(HttpConnection connection) throws IOException {
        TlsMaterial material = remote.credentials().tls();
        if (material.isEmpty()) {
            return;
        }
        try {
            connection.configure(
                    material.keyManagers(), material.trustManagers(), new SecureRandom());
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "the certificates for " + remote.host() + " can't be used: " + e.getMessage(),
                    e);
        }
    }

    private boolean isSameOrigin(URL url) {
        URI ours = remote.url();
        int ourPort = ours.getPort() < 0 ? url.getDefaultPort() : ours.getPort();
        int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
        return ours.getScheme().equals(url.getProtocol())
                && ours.getHost().equalsIgnoreCase(url.getHost())
                && ourPort == port;
    }
}
