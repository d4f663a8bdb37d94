package dev.sluice.fetcher.source;

/** Names one source object of the cluster. */
public record SourceKey(String kind, String namespace, String name) {

    /** {@code kind/namespace/name}. */
    @Override
    public String toString() {
        return kind + "/" + namespace + "/" + name;
    }
}
