package dev.sluice.fetcher.helm;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.helm.BuildFailure.Reason;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.source.HelmRepository;
import dev.sluice.helm.chart.ChartException;
import dev.sluice.helm.chart.ChartIndex;
import dev.sluice.helm.chart.ChartLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Finds and pulls charts of HelmRepositories, by the indexes that are stored. */
final class ChartRepositories {

    private static final int INDEXES_IN_MEMORY = 8;

    private final WebClient client;
    private final SourceSecrets secrets;
    private final ArtifactStore store;
    private final ChartLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, ChartIndex> indexes = new LinkedHashMap<>(16, 0.75f, true);

    ChartRepositories(
            WebClient client, SourceSecrets secrets, ArtifactStore store, ChartLimits limits) {
        this.client = client;
        this.secrets = secrets;
        this.store = store;
        this.limits = limits;
    }

    /**
     * The version of a chart that a range takes.
     *
     * @throws BuildFailure where there is none
     */
    ChartIndex.Entry find(Artifact index, String chart, String range) throws BuildFailure {
        ChartIndex charts = index(index);
        if (!charts.has(chart)) {
            throw new BuildFailure(Reason.REFERENCE, "no chart '" + chart + "' in the repository");
        }
        List<ChartIndex.Entry> entries = charts.versions(chart);
        return best(entries, chart, range);
    }

    static ChartIndex.Entry best(List<ChartIndex.Entry> entries, String chart, String range)
            throws BuildFailure {
        return ChartIndex.best(entries, range)
                .orElseThrow(() ->
                        new BuildFailure(
                                Reason.REFERENCE,
                                "no '"
                                        + chart
                                        + "' chart with version matching '"
                                        + range
                                        + "' found"));
    }

    /** The packed chart, checked against the digest of the index. */
    byte[] pull(Source<HelmRepository> repository, ChartIndex.Entry entry)
            throws BuildFailure, InterruptedException {
        try {
            RepositoryAccess access = RepositoryAccess.of(repository.object(), secrets);
            WebAnswer answer =
                    access.get(
                            client, access.resolve(entry.urls().getFirst()), "", limits.archive());
            if (!answer.isOk()) {
                throw new BuildFailure(
                        Reason.PULL,
                        "failed to download chart " + name(entry) + ": " + answer.status());
            }
            byte[] archive = answer.body();
            if (!fits(entry, archive)) {
                throw new BuildFailure(
                        Reason.PULL,
                        "the digest of chart " + name(entry) + " is not the one of the index");
            }
            return archive;
        } catch (SourceException | IOException | IllegalArgumentException e) {
            throw new BuildFailure(
                    Reason.PULL, "failed to download chart " + name(entry) + ": " + e.getMessage());
        }
    }

    private static boolean fits(ChartIndex.Entry entry, byte[] archive) {
        String stated = entry.digest();
        String bare = stated.startsWith("sha256:") ? stated.substring(7) : stated;
        return bare.isEmpty() || Digest.of(archive).value().equals("sha256:" + bare);
    }

    private static String name(ChartIndex.Entry entry) {
        return "'" + entry.name() + "' " + entry.version();
    }

    private ChartIndex index(Artifact artifact) throws BuildFailure {
        lock.lock();
        try {
            ChartIndex known = indexes.get(artifact.digest());
            if (known != null) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        try (InputStream stored = store.archive(new Digest(artifact.digest()))) {
            ChartIndex index = ChartIndex.read(stored.readAllBytes());
            lock.lock();
            try {
                indexes.put(artifact.digest(), index);
                if (indexes.size() > INDEXES_IN_MEMORY) {
                    indexes.pollFirstEntry();
                }
            } finally {
                lock.unlock();
            }
            return index;
        } catch (IOException | ChartException e) {
            throw new BuildFailure(
                    Reason.NO_ARTIFACT, "the index cannot be read: " + e.getMessage());
        }
    }
}
