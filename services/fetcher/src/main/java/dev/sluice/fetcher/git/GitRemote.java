package dev.sluice.fetcher.git;

import dev.sluice.fetcher.http.ProxyAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * A repository elsewhere and how to get at it.
 *
 * @param url http, https or ssh, without user information
 * @param timeout how long one operation may take
 */
public record GitRemote(URI url, GitCredentials credentials, ProxyAddress proxy, Duration timeout) {

    /**
     * @param url {@code spec.url}; user and password in it are a fallback for credentials that are
     *     not given otherwise
     */
    public static GitRemote of(
            String url, GitCredentials credentials, ProxyAddress proxy, Duration timeout)
            throws GitFailure {
        URI parsed = parse(url);
        String user = parsed.getRawUserInfo();
        GitCredentials effective =
                credentials.orFromUrl(parsed.getScheme(), user == null ? "" : user);
        try {
            String shown = parsed.getScheme().equals("ssh") ? effective.sshUser() : null;
            URI bare =
                    new URI(
                            parsed.getScheme(),
                            shown,
                            parsed.getHost(),
                            parsed.getPort(),
                            parsed.getPath(),
                            parsed.getQuery(),
                            null);
            return new GitRemote(bare, effective, proxy, timeout);
        } catch (URISyntaxException e) {
            throw invalid("its parts do not make an address");
        }
    }

    private static URI parse(String url) throws GitFailure {
        try {
            URI parsed = new URI(url);
            String scheme = String.valueOf(parsed.getScheme());
            if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("ssh")) {
                throw invalid("its scheme must be http, https or ssh");
            }
            String host = parsed.getHost();
            // A host or path that starts with a dash would be an option to programs that some
            // transports start.
            if (host == null
                    || host.startsWith("-")
                    || parsed.getPath() == null
                    || parsed.getPath().startsWith("/-")) {
                throw invalid("it must name a host and a path");
            }
            return parsed;
        } catch (URISyntaxException e) {
            throw invalid(e.getReason() + " at " + e.getIndex());
        }
    }

    private static GitFailure invalid(String why) {
        return new GitFailure(
                GitFailure.Reason.URL_INVALID,
                "spec.url is not the address of a Git repository: " + why);
    }

    /** The host with its port: what is slow or down is so for all that is there. */
    public String host() {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }

    boolean isSsh() {
        return url.getScheme().equals("ssh");
    }
}
