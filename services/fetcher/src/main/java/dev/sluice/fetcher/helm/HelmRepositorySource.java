package dev.sluice.fetcher.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fetcher.source.SourceType;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.source.HelmRepository;
import dev.sluice.helm.chart.ChartException;
import dev.sluice.helm.chart.ChartIndex;
import dev.sluice.helm.chart.ChartLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the index of a chart repository. One of type {@code oci} is only an address that others
 * use.
 */
public final class HelmRepositorySource implements SourceType<HelmRepository> {

    static final SourceKind<HelmRepository> KIND = SourceKind.of(HelmRepository.class);
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);
    private static final int NOT_MODIFIED = 304;

    /** What the index of an object was stored from: asked for again only if it is another. */
    private record Seen(String spec, String revision, String etag) {}

    private final WebClient client;
    private final SourceSecrets secrets;
    private final ArtifactStore store;
    private final ChartLimits limits;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    public HelmRepositorySource(
            WebClient client, SourceSecrets secrets, ArtifactStore store, ChartLimits limits) {
        this.client = client;
        this.secrets = secrets;
        this.store = store;
        this.limits = limits;
    }

    static boolean isOci(HelmRepository object) {
        return "oci".equals(object.spec().type()) || object.spec().url().startsWith("oci://");
    }

    @Override
    public SourceKind<HelmRepository> kind() {
        return KIND;
    }

    @Override
    public boolean isSuspended(HelmRepository object) {
        return object.spec().suspend();
    }

    @Override
    public Duration interval(HelmRepository object) {
        return object.spec().interval() == null
                ? DEFAULT_INTERVAL
                : object.spec().interval().toDuration();
    }

    @Override
    public Steward steward(HelmRepository object) {
        return isOci(object) ? Steward.NOBODY : Steward.FETCHER;
    }

    @Override
    public Outcome look(Source<HelmRepository> source) throws InterruptedException {
        Artifact artifact = source.artifact();
        boolean there = artifact != null && store.isThere(artifact.digest());
        String revision = artifact == null || !there ? "" : artifact.revision();
        try {
            RepositoryAccess access = RepositoryAccess.of(source.object(), secrets);
            WebAnswer answer = index(access, source, revision);
            if (answer.status() == NOT_MODIFIED) {
                return new Outcome.Unchanged(report(revision));
            }
            return stored(source, ChartIndex.read(answer.body()), answer.header("ETag"), revision);
        } catch (ChartException e) {
            return failed("IndexationFailed", "failed to read the index: " + e.getMessage(), there);
        } catch (SourceException e) {
            return e.outcome(!there);
        } catch (IOException e) {
            return failed(Reasons.FAILED, "failed to fetch the index: " + e.getMessage(), there);
        }
    }

    private WebAnswer index(RepositoryAccess access, Source<HelmRepository> source, String revision)
            throws IOException, InterruptedException {
        Seen last = seen.get(source.metadata().uid());
        String etag =
                last != null && last.spec().equals(spec(source)) && last.revision().equals(revision)
                        ? last.etag()
                        : "";
        WebAnswer answer = access.get(client, access.resolve("index.yaml"), etag, limits.index());
        if (answer.isOk() || answer.status() == NOT_MODIFIED) {
            return answer;
        }
        throw new IOException(access + " answered " + answer.status());
    }

    private Outcome stored(
            Source<HelmRepository> source, ChartIndex index, String etag, String last)
            throws IOException {
        ArtifactManifest artifact = store.saveBytes(index.toJson());
        String revision = artifact.archive().value();
        seen.put(source.metadata().uid(), new Seen(spec(source), revision, etag));
        if (revision.equals(last)) {
            return new Outcome.Unchanged(report(revision));
        }
        String file = "index-" + revision.substring(revision.indexOf(':') + 1) + ".yaml";
        return new Outcome.Stored(
                new Outcome.NewArtifact(revision, file, artifact, Map.of()),
                report(revision),
                Outcome.Event.newArtifact("stored fetched index of size " + artifact.size()),
                null);
    }

    private static String spec(Source<HelmRepository> source) {
        return source.object().spec().toString();
    }

    private static Outcome.Report report(String revision) {
        return Outcome.Report.succeeded(
                "stored artifact: revision '" + revision + "'",
                null,
                JsonNodeFactory.instance.objectNode());
    }

    private static Outcome failed(String reason, String message, boolean there) {
        return new Outcome.Failed(ConditionTypes.FETCH_FAILED, reason, message, false, !there);
    }
}
