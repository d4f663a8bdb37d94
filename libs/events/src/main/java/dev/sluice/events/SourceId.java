package dev.sluice.events;

/**
 * One source (GitRepository, OCIRepository, HelmRepository, HelmChart, Bucket, ExternalArtifact) of
 * one cluster.
 *
 * @param cluster the name that the operator gave to the cluster whose objects steer this pipeline
 * @param kind the kind of the object
 */
public record SourceId(String cluster, String kind, String namespace, String name) {

    public SourceId {
        KeyParts.check(cluster, kind, namespace, name);
    }

    /** Reads what {@link #toString} wrote. */
    public static SourceId parse(String key) {
        String[] parts = KeyParts.split(key);
        return new SourceId(parts[0], parts[1], parts[2], parts[3]);
    }

    /** The record key: {@code cluster/kind/namespace/name}. */
    @Override
    public String toString() {
        return cluster + '/' + kind + '/' + namespace + '/' + name;
    }
}
