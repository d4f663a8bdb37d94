package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * The artifact that a delivery was made from.
 *
 * @param digest {@code sha256:...} of the archive
 * @param urgent why it may not wait for a maintenance window, as its commit says; absent where it
 *     may
 */
public record SourceRevision(
        SourceId source,
        String revision,
        @Nullable String originRevision,
        String digest,
        @Nullable String urgent) {

    @JsonCreator
    public SourceRevision {}

    /** A revision that may wait. */
    public SourceRevision(
            SourceId source, String revision, @Nullable String originRevision, String digest) {
        this(source, revision, originRevision, digest, null);
    }
}
