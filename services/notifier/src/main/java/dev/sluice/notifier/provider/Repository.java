package dev.sluice.notifier.provider;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A repository on a Git host, from its address: {@code https://host/org/name}, {@code
 * ssh://git@host/org/name.git} or {@code git@host:org/name}.
 *
 * @param host with its scheme
 * @param id the path, without {@code .git}
 */
record Repository(String host, String id) {

    static Repository of(String address) throws TellException {
        String whole = address;
        if (!address.contains("://")) {
            int colon = address.indexOf(':');
            if (colon < 0) {
                throw TellException.later("the Provider's address is no repository");
            }
            whole = "ssh://" + address.substring(0, colon) + '/' + address.substring(colon + 1);
        }
        URI uri = Addresses.uri(whole);
        String scheme = uri.getScheme().equals("ssh") ? "https" : uri.getScheme();
        String path = uri.getPath() == null ? "" : uri.getPath();
        String id = path.replaceAll("^/+", "").replaceAll("\\.git$", "");
        return new Repository(scheme + "://" + Addresses.hostAndPort(uri), id);
    }

    /** The id, which must be {@code owner/name}. */
    String twoParts() throws TellException {
        String[] parts = id.split("/", -1);
        if (parts.length != 2) {
            throw TellException.later("the Provider's address must be of the form HOST/OWNER/NAME");
        }
        return segment(parts[0]) + '/' + segment(parts[1]);
    }

    /** GitHub's API; one's own server has it below its own address. */
    String githubApi() {
        if (host.equals("https://github.com") || host.equals("http://github.com")) {
            return "https://api.github.com";
        }
        String name = host.substring(host.indexOf("://") + 3);
        return name.startsWith("api.") || name.contains(".api.") ? host : host + "/api/v3";
    }

    String bitbucketApi() {
        return host.equals("https://bitbucket.org")
                ? "https://api.bitbucket.org/2.0"
                : host + "/2.0";
    }

    /** Of {@code HOST/ORGANISATION/PROJECT/_git/NAME}. */
    String azureRepository() throws TellException {
        String[] parts = id.split("/", -1);
        if (parts.length != 4) {
            throw TellException.later(
                    "the Provider's address must be of the form HOST/ORGANISATION/PROJECT/_git/NAME");
        }
        return host
                + '/'
                + segment(parts[0])
                + '/'
                + segment(parts[1])
                + "/_apis/git/repositories/"
                + segment(parts[3]);
    }

    /** Names come from outside: whatever they hold, they stay one segment of a path. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }
}
