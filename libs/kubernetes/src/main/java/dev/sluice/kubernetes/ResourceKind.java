package dev.sluice.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * One kind as the API server serves it.
 *
 * @param group empty for the core group
 * @param plural its name in paths
 */
public record ResourceKind(
        String group, String version, String kind, String plural, boolean namespaced) {

    public String apiVersion() {
        return group.isEmpty() ? version : group + '/' + version;
    }

    /** The path of all its objects, in every namespace. */
    public String path() {
        return root() + '/' + plural;
    }

    /** The path of its objects of a namespace, or of all where the namespace is empty. */
    public String path(String namespace) {
        return namespaced && !namespace.isEmpty()
                ? root() + "/namespaces/" + segment(namespace) + '/' + plural
                : path();
    }

    /** The path of one object; the namespace does not count for cluster-scoped kinds. */
    public String path(String namespace, String name) {
        return path(namespace) + '/' + segment(name);
    }

    private String root() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + '/' + version;
    }

    /** Names come from Git: whatever they hold, they stay one segment of the path. */
    private static String segment(String name) {
        if (name.equals(".") || name.equals("..")) {
            return name.replace(".", "%2E");
        }
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
