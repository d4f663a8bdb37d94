package dev.sluice.kustomize.load;

import java.util.Locale;

/**
 * Tells the URLs of Git repositories from paths, as {@code kustomize} does: it needs a scheme, a
 * user or GitHub's host.
 */
final class RemoteUrl {

    private RemoteUrl() {}

    static boolean isRepository(String named) {
        if (named.startsWith("/")) {
            return false;
        }
        int query = named.indexOf('?');
        String rest = query < 0 ? named : named.substring(0, query);
        if (startsWith(rest, "git::")) {
            rest = rest.substring(5);
        }
        String scheme = scheme(rest);
        rest = rest.substring(scheme.length());
        if (scheme.equals("file://")) {
            return hasRepository(rest, false);
        }
        int user = userLength(rest);
        boolean hasUser = user > 0;
        rest = rest.substring(user);
        boolean github = startsWith(rest, "github.com/") || startsWith(rest, "github.com:");
        boolean scp = scheme.isEmpty() && (hasUser || github);
        if (scheme.isEmpty() && !scp) {
            return false;
        }
        int separator = rest.indexOf('/');
        int colon = rest.indexOf(':');
        if (scp && (separator < 0 || (colon > 0 && colon < separator))) {
            separator = colon;
        }
        return separator >= 0 && hasRepository(rest.substring(separator + 1), true);
    }

    /** Whether a repository's path can be told from the path in it. */
    private static boolean hasRepository(String path, boolean twoSegments) {
        int git = path.indexOf("_git/");
        int slashes = path.indexOf("//");
        int suffix = path.indexOf(".git");
        String inside;
        if (git >= 0) {
            int next = path.indexOf('/', git + 5);
            inside = next < 0 ? "" : path.substring(next + 1);
        } else if (slashes >= 0) {
            if (slashes == 0) {
                return false;
            }
            inside = path.substring(slashes + 2);
        } else if (suffix >= 0) {
            inside = path.substring(suffix + 4);
        } else if (!twoSegments) {
            return !path.isEmpty();
        } else {
            String[] segments = path.split("/", 3);
            if (segments.length < 2 || path.isEmpty()) {
                return false;
            }
            inside = segments.length > 2 ? segments[2] : "";
        }
        String trimmed = inside.startsWith("/") ? inside.substring(1) : inside;
        return !trimmed.equals("..") && !trimmed.startsWith("../");
    }

    private static String scheme(String text) {
        for (String scheme : new String[] {"ssh://", "https://", "http://", "file://"}) {
            if (startsWith(text, scheme)) {
                return scheme;
            }
        }
        return "";
    }

    private static int userLength(String text) {
        int at = text.indexOf('@');
        if (at < 1 || !Character.isLetter(text.charAt(0))) {
            return 0;
        }
        for (int i = 0; i < at; i++) {
            char character = text.charAt(i);
            if (character > 127 || (!Character.isLetterOrDigit(character) && character != '-')) {
                return 0;
            }
        }
        return at + 1;
    }

    private static boolean startsWith(String text, String prefix) {
        return text.length() >= prefix.length()
                && text.substring(0, prefix.length()).toLowerCase(Locale.ROOT).equals(prefix);
    }
}
