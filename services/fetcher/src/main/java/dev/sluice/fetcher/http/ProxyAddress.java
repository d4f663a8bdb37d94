package dev.sluice.fetcher.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy between here and a remote.
 *
 * @param address {@code http://host:port} or {@code socks5://host:port}; empty for none
 * @param username empty for none
 */
public record ProxyAddress(Optional<URI> address, String username, String password) {

    public static final ProxyAddress NONE = new ProxyAddress(Optional.empty(), "", "");

    private static final int SOCKS_PORT = 1080;
    private static final int HTTP_PORT = 80;

    /**
     * Reads the content of the Secret that {@code spec.proxySecretRef} names.
     *
     * @return empty where it holds no address of a proxy
     */
    public static Optional<ProxyAddress> of(Map<String, byte[]> secret) {
        try {
            URI address = URI.create(text(secret, "address"));
            if (address.getScheme() == null || address.getHost() == null) {
                return Optional.empty();
            }
            return Optional.of(
                    new ProxyAddress(
                            Optional.of(address),
                            text(secret, "username"),
                            text(secret, "password")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(Map<String, byte[]> secret, String key) {
        byte[] value = secret.get(key);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8).strip();
    }

    public boolean isSocks() {
        return address.isPresent() && address.get().getScheme().startsWith("socks");
    }

    /** As the platform wants it; empty for none. */
    public Optional<Proxy> platform() {
        return address.map(uri -> {
            int port = uri.getPort() >= 0 ? uri.getPort() : (isSocks() ? SOCKS_PORT : HTTP_PORT);
            return new Proxy(
                    isSocks() ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
                    new InetSocketAddress(uri.getHost(), port));
        });
    }

    /** The Proxy-Authorization header; empty for none. */
    public String authorization() {
        if (username.isEmpty()) {
            return "";
        }
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return address.map(URI::toString).orElse("none");
    }
}
