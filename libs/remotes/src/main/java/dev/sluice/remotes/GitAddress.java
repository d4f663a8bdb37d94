package dev.sluice.remotes;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/**
 * A directory of a repository, as a kustomization names it.
 *
 * @param repository where the repository is
 * @param path the directory in it; empty for its root
 * @param ref a branch, tag or commit; empty for what the remote's HEAD is
 */
record GitAddress(URI repository, String path, String ref) {

    private static final int SEGMENTS_OF_A_REPOSITORY = 2;

    /**
     * Takes {@code https://host/owner/name//path?ref=v1}, the same with one slash where the
     * repository is told by its two segments or by {@code .git}, {@code git::https://...} and
     * {@code github.com/owner/name/path}.
     *
     * @throws IOException where it is none of these: other schemes, ssh, other transports
     */
    static GitAddress parse(String named) throws IOException {
        String text = named.startsWith("git::") ? named.substring("git::".length()) : named;
        if (text.toLowerCase(Locale.ROOT).startsWith("github.com/")) {
            text = "https://" + text;
        }
        String scheme = text.toLowerCase(Locale.ROOT);
        if (!scheme.startsWith("https://") && !scheme.startsWith("http://")) {
            throw new IOException(
                    "only https is fetched: write https://host/owner/name//path?ref=...");
        }
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("no URL", e);
        }
        String whole = url.getRawPath() == null ? "" : url.getRawPath();
        int end = endOfRepository(whole);
        String inside = whole.substring(end).replaceFirst("^/+", "");
        if (inside.contains("%") || whole.contains("/../") || inside.startsWith("../")) {
            throw new IOException("the path in the URL is not a plain one");
        }
        URI repository =
                URI.create(
                        url.getScheme() + "://" + url.getRawAuthority() + whole.substring(0, end));
        return new GitAddress(repository, inside.replaceFirst("/+$", ""), ref(url.getRawQuery()));
    }

    private static int endOfRepository(String path) throws IOException {
        int doubled = path.indexOf("//");
        if (doubled >= 0) {
            return doubled;
        }
        int suffix = path.indexOf(".git/");
        if (suffix >= 0) {
            return suffix + ".git".length();
        }
        if (path.endsWith(".git")) {
            return path.length();
        }
        int at = 0;
        for (int i = 0; i < SEGMENTS_OF_A_REPOSITORY; i++) {
            int next = path.indexOf('/', at + 1);
            if (at >= path.length() - 1) {
                throw new IOException("the URL names no repository");
            }
            at = next < 0 ? path.length() : next;
        }
        return at;
    }

    private static String ref(@org.jspecify.annotations.Nullable String query) throws IOException {
        if (query == null) {
            return "";
        }
        String ref = "";
        for (String part : query.split("&")) {
            if (part.startsWith("ref=") || part.startsWith("version=")) {
                ref = part.substring(part.indexOf('=') + 1);
            }
        }
        if (!ref.matches("[A-Za-z0-9._/+-]*") || ref.startsWith("-") || ref.contains("..")) {
            throw new IOException("the ref in the URL is no name of a branch, tag or commit");
        }
        return ref;
    }
}
