package dev.sluice.standalone.rehearsal;

import java.util.List;

/**
 * What a path of the API names.
 *
 * @param collection of a kind over all namespaces, for example {@code /apis/apps/v1/deployments}
 * @param namespace empty for all, or for a kind without
 * @param name empty for the collection
 * @param subresource empty for the object itself
 */
record ObjectPath(String collection, String namespace, String name, String subresource) {

    /** Where a path goes on after the group and its version. */
    private static int afterVersion(List<String> segments) {
        return segments.getFirst().equals("api") ? 2 : 3;
    }

    /** Whether it names objects; otherwise it asks what kinds there are. */
    static boolean namesObjects(List<String> segments) {
        return segments.size() > afterVersion(segments)
                && (segments.getFirst().equals("api") || segments.getFirst().equals("apis"));
    }

    static ObjectPath of(List<String> segments) {
        int start = afterVersion(segments);
        String root = "/" + String.join("/", segments.subList(0, start)) + "/";
        List<String> rest = segments.subList(start, segments.size());
        boolean within =
                rest.getFirst().equals("namespaces")
                        && rest.size() > 2
                        && !rest.get(2).equals("status");
        String namespace = within ? rest.get(1) : "";
        List<String> own = within ? rest.subList(2, rest.size()) : rest;
        return new ObjectPath(root + own.getFirst(), namespace, segment(own, 1), segment(own, 2));
    }

    private static String segment(List<String> segments, int index) {
        return segments.size() > index ? segments.get(index) : "";
    }

    ObjectPath named(String other) {
        return new ObjectPath(collection, namespace, other, "");
    }

    ObjectPath itself() {
        return named(name);
    }

    /** Whether an object at another path is among those that this one names. */
    boolean covers(ObjectPath other) {
        return collection.equals(other.collection)
                && (namespace.isEmpty() || namespace.equals(other.namespace))
                && (name.isEmpty() || name.equals(other.name));
    }
}
