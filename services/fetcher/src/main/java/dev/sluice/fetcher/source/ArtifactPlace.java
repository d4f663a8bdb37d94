package dev.sluice.fetcher.source;

import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Timestamp;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;

/**
 * Where artifacts are downloaded.
 *
 * @param base for example {@code http://localhost:9090}
 */
public record ArtifactPlace(URI base) {

    /** What {@code status.artifact} says of an artifact that was stored just now. */
    public Artifact artifact(SourceKey key, Outcome.NewArtifact made, Instant now) {
        String path = path(key, made.file());
        return new Artifact(
                path,
                url(path),
                made.revision(),
                made.stored().archive().value(),
                new Timestamp(now),
                made.stored().size(),
                made.metadata());
    }

    /** The same artifact at this place, should it have been said to be elsewhere. */
    public Artifact here(Artifact artifact) {
        return new Artifact(
                artifact.path(),
                url(artifact.path()),
                artifact.revision(),
                artifact.digest(),
                artifact.lastUpdateTime(),
                artifact.size(),
                artifact.metadata());
    }

    /** {@code <kind>/<namespace>/<name>/<file>}. */
    private static String path(SourceKey key, String file) {
        return String.join(
                "/", key.kind().toLowerCase(Locale.ROOT), key.namespace(), key.name(), file);
    }

    private String url(String path) {
        String start = base.toString();
        return (start.endsWith("/") ? start : start + "/") + path;
    }
}
