package dev.sluice.events;

import org.jspecify.annotations.Nullable;

/**
 * What a source held at a revision, by reference.
 *
 * @param revision as Flux writes it, for example {@code main@sha1:...}
 * @param digest {@code sha256:...} of the archive; the key of the artifact store
 * @param size of the archive in bytes
 * @param originRevision revision of what the artifact was made from, where its source says so
 */
public record ArtifactRef(
        String revision, String digest, long size, @Nullable String originRevision) {}
