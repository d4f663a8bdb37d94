package dev.sluice.fetcher.http;

import dev.sluice.tls.TlsMaterial;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The platform's HTTP clients, one for each way of reaching remotes, so that connections are used
 * again. Those that were not used for long are let go.
 */
final class WebConnections {

    private static final int KEPT = 64;
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private record Way(TlsMaterial tls, boolean insecureTls, ProxyAddress proxy) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Way, HttpClient> clients = new LinkedHashMap<>(16, 0.75f, true);

    HttpClient client(WebAccess access) throws IOException {
        Way way = new Way(access.tls(), access.insecureTls(), access.proxy());
        lock.lock();
        try {
            HttpClient known = clients.get(way);
            if (known != null) {
                return known;
            }
            HttpClient fresh = open(way);
            clients.put(way, fresh);
            if (clients.size() > KEPT) {
                // What it is asked now it still answers.
                clients.remove(new ArrayList<>(clients.keySet()).getFirst());
            }
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private static HttpClient open(Way way) throws IOException {
        if (way.proxy().isSocks()) {
            throw new IOException(
                    "a SOCKS proxy serves Git alone: name an HTTP proxy in the Secret");
        }
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT);
        Optional<Proxy> proxy = way.proxy().platform();
        if (proxy.isPresent()) {
            builder.proxy(ProxySelector.of((InetSocketAddress) proxy.get().address()));
        } else {
            builder.proxy(ProxySelector.getDefault());
        }
        if (way.insecureTls() || !way.tls().isEmpty()) {
            builder.sslContext(context(way));
        }
        return builder.build();
    }

    private static SSLContext context(Way way) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] trust =
                    way.insecureTls()
                            ? new TrustManager[] {new Trusting()}
                            : way.tls().trustManagers();
            context.init(way.tls().keyManagers(), trust, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates can't be used: " + e.getMessage(), e);
        }
    }

    /** Any certificate of any host will do: only where the object says {@code insecure}. */
    private static final class Trusting extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return List.<X509Certificate>of().toArray(new X509Certificate[0]);
        }
    }
}
