package dev.sluice.fetcher.source;

import dev.sluice.events.SourceId;

/** Names one source object of the cluster. */
public record SourceKey(String kind, String namespace, String name) {

    /** The same, as events name it. */
    public SourceId in(String cluster) {
        return new SourceId(cluster, kind, namespace, name);
    }

    /** {@code kind/namespace/name}. */
    @Override
    public String toString() {
        return kind + "/" + namespace + "/" + name;
    }
}
