package dev.sluice.fetcher.source;

import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * A source object as last seen.
 *
 * @param object as it was read; its status too, in the type's own form
 * @param status the same status in the form that all kinds share
 */
public record Source<O extends Record & FluxObject>(SourceKey key, O object, SourceStatus status) {

    public Metadata metadata() {
        return object.metadata();
    }

    /** What the source holds as far as its status says; null for nothing. */
    public @Nullable Artifact artifact() {
        return status.artifact();
    }
}
