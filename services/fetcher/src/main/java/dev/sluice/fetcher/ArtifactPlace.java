package dev.sluice.fetcher;

import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Timestamp;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Where artifacts are downloaded.
 *
 * @param base for example {@code http://localhost:9090}
 */
record ArtifactPlace(URI base) {

    /** What {@code status.artifact} says of an artifact that was stored just now. */
    Artifact artifact(ObjectKey key, String revision, ArtifactManifest stored, Instant now) {
        String path = path("GitRepository", key, revision);
        return new Artifact(
                path,
                url(path),
                revision,
                stored.archive().value(),
                new Timestamp(now),
                stored.size(),
                Map.of());
    }

    /** The same artifact at this place, should it have been said to be elsewhere. */
    Artifact here(Artifact artifact) {
        return new Artifact(
                artifact.path(),
                url(artifact.path()),
                artifact.revision(),
                artifact.digest(),
                artifact.lastUpdateTime(),
                artifact.size(),
                artifact.metadata());
    }

    /** {@code <kind>/<namespace>/<name>/<what follows the last colon of the revision>.tar.gz}. */
    private static String path(String kind, ObjectKey key, String revision) {
        String file = revision.substring(revision.lastIndexOf(':') + 1) + ".tar.gz";
        return kind.toLowerCase(Locale.ROOT)
                + "/"
                + key.namespace()
                + "/"
                + key.name()
                + "/"
                + file;
    }

    private String url(String path) {
        String start = base.toString();
        return (start.endsWith("/") ? start : start + "/") + path;
    }
}
