package dev.sluice.events;

import org.jspecify.annotations.Nullable;

/**
 * The artifact that a delivery was made from.
 *
 * @param digest {@code sha256:...} of the archive
 */
public record SourceRevision(
        SourceId source, String revision, @Nullable String originRevision, String digest) {}
