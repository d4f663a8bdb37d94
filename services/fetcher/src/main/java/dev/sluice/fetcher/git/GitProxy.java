package dev.sluice.fetcher.git;

import java.net.URI;
import java.util.Optional;

/**
 * The proxy between here and a remote.
 *
 * @param address {@code http://host:port} or {@code socks5://host:port}; empty for none
 * @param username empty for none
 */
public record GitProxy(Optional<URI> address, String username, String password) {

    public static final GitProxy NONE = new GitProxy(Optional.empty(), "", "");

    /** Without the password. */
    @Override
    public String toString() {
        return address.map(URI::toString).orElse("none");
    }
}
