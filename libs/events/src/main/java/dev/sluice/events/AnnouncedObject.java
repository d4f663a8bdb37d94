package dev.sluice.events;

/**
 * An object that something was announced about, as it was then.
 *
 * @param cluster the name that the operator gave to the cluster
 * @param apiVersion of the object
 * @param uid empty where it is not known
 * @param resourceVersion empty where it is not known
 */
public record AnnouncedObject(
        String cluster,
        String kind,
        String namespace,
        String name,
        String apiVersion,
        String uid,
        String resourceVersion) {

    public AnnouncedObject {
        KeyParts.check(cluster, kind, namespace, name);
    }

    /** The record key: {@code cluster/kind/namespace/name}. */
    @Override
    public String toString() {
        return cluster + '/' + kind + '/' + namespace + '/' + name;
    }
}
