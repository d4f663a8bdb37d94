package dev.sluice.fetcher.external;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceLimits;
import dev.sluice.fetcher.source.SourceType;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.source.ExternalArtifact;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An artifact that someone else made: it is downloaded from where its status says and kept if its
 * digest is the one that is said.
 */
public final class ExternalSource implements SourceType<ExternalArtifact> {

    private static final SourceKind<ExternalArtifact> KIND = SourceKind.of(ExternalArtifact.class);
    private static final WebAccess ACCESS = WebAccess.plain(Duration.ofSeconds(60));

    private final WebClient web;
    private final ArtifactStore store;
    private final SourceLimits limits;

    public ExternalSource(WebClient web, ArtifactStore store, SourceLimits limits) {
        this.web = web;
        this.store = store;
        this.limits = limits;
    }

    @Override
    public SourceKind<ExternalArtifact> kind() {
        return KIND;
    }

    @Override
    public boolean isSuspended(ExternalArtifact object) {
        return false;
    }

    @Override
    public Duration interval(ExternalArtifact object) {
        return Duration.ofHours(1);
    }

    @Override
    public Steward steward(ExternalArtifact object) {
        return Steward.OTHERS;
    }

    /** Its own artifact is written by others, so a change of it is work. */
    @Override
    public List<SourceKey> madeOf(ExternalArtifact object) {
        return List.of(KIND.key(object.metadata().namespace(), object.metadata().name()));
    }

    @Override
    public Outcome look(Source<ExternalArtifact> source) throws InterruptedException {
        Artifact artifact = source.artifact();
        try {
            if (artifact != null && !store.isThere(artifact.digest())) {
                fetch(limits.of(source.key().namespace()), artifact);
            }
            return new Outcome.Unchanged(
                    Outcome.Report.succeeded(
                            "the artifact is there", null, JsonNodeFactory.instance.objectNode()));
        } catch (SourceException e) {
            return e.outcome(false);
        } catch (IOException e) {
            return SourceException.notStored(e).outcome(false);
        }
    }

    private void fetch(ArtifactLimits allowed, Artifact artifact)
            throws SourceException, IOException, InterruptedException {
        Path file = store.scratchFile();
        try {
            int status =
                    web.send(
                            ACCESS,
                            WebClient.Call.get(URI.create(artifact.url()), Map.of()),
                            allowed.bytes(),
                            (code, answer, body) -> {
                                try (OutputStream out = Files.newOutputStream(file)) {
                                    body.transferTo(out);
                                }
                                return code;
                            });
            if (status != 200) {
                throw failed("'%s' answers %d".formatted(artifact.url(), status));
            }
            ArtifactManifest stored = store.saveFile(file, allowed);
            if (!stored.archive().value().equals(artifact.digest())) {
                throw failed(
                        "what is at '%s' is not what its digest says".formatted(artifact.url()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw failed("'%s' can't be fetched: %s".formatted(artifact.url(), e.getMessage()));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static SourceException failed(String message) {
        return new SourceException(ConditionTypes.FETCH_FAILED, "FetchFailed", message);
    }
}
