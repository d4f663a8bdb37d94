package dev.sluice.events;

import org.jspecify.annotations.Nullable;

/**
 * A source has a new artifact.
 *
 * @param sequence grows with each artifact of the source, across restarts: the larger of last + 1
 *     and the milliseconds of the clock
 * @param commit who wrote it and why, where the source is a Git repository
 */
public record SourceChanged(
        SourceId source, long sequence, ArtifactRef artifact, @Nullable Commit commit)
        implements SourceEvent {}
