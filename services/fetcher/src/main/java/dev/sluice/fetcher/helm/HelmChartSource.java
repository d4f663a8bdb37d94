package dev.sluice.fetcher.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.fetcher.helm.BuildFailure.Reason;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.oci.CosignCheck;
import dev.sluice.fetcher.oci.RegistryClient;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fetcher.source.SourceType;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.source.HelmChart;
import dev.sluice.helm.chart.ChartLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pulls a chart from a HelmRepository, or packages one from a GitRepository or Bucket. */
public final class HelmChartSource implements SourceType<HelmChart> {

    private static final SourceKind<HelmChart> KIND = SourceKind.of(HelmChart.class);

    private final SourceTable table;
    private final ArtifactStore store;
    private final ChartBuild build;

    /**
     * @param table has the sources that charts are made of
     */
    public HelmChartSource(
            WebClient client,
            RegistryClient registry,
            SourceSecrets secrets,
            SourceTable table,
            ArtifactStore store,
            ChartLimits limits) {
        this.table = table;
        this.store = store;
        this.build =
                new ChartBuild(
                        table,
                        store,
                        new ChartRepositories(client, secrets, store, limits),
                        new ChartRegistries(registry, secrets, limits),
                        limits);
    }

    @Override
    public SourceKind<HelmChart> kind() {
        return KIND;
    }

    @Override
    public boolean isSuspended(HelmChart object) {
        return object.spec().suspend();
    }

    @Override
    public Duration interval(HelmChart object) {
        return object.spec().interval().toDuration();
    }

    @Override
    public List<SourceKey> madeOf(HelmChart object) {
        return List.of(origin(object));
    }

    private static SourceKey origin(HelmChart object) {
        return new SourceKey(
                object.spec().sourceRef().kind(),
                object.metadata().namespace(),
                object.spec().sourceRef().name());
    }

    @Override
    public Outcome look(Source<HelmChart> source) throws InterruptedException {
        Artifact artifact = source.artifact();
        boolean there = artifact != null && store.isThere(artifact.digest());
        try {
            ChartBuild.Origin origin = origin(source);
            Optional<Artifact> kept = there ? Optional.ofNullable(artifact) : Optional.empty();
            ChartBuild.Result result = build.run(source.object(), origin, kept);
            Outcome.Report report = report(source.object(), origin.revision(), result);
            ChartBuild.Packed packed = result.archive();
            if (packed == null) {
                return new Outcome.Unchanged(report);
            }
            ArtifactManifest stored = store.saveBytes(packed.bytes());
            String file = result.name() + '-' + result.version() + ".tgz";
            return new Outcome.Stored(
                    new Outcome.NewArtifact(result.version(), file, stored, Map.of()),
                    report,
                    new Outcome.Event(report.reason(), report.message()),
                    null);
        } catch (BuildFailure e) {
            return e.outcome(!there);
        } catch (IOException e) {
            return SourceException.notStored(e).outcome(!there);
        }
    }

    private ChartBuild.Origin origin(Source<HelmChart> source) throws BuildFailure {
        SourceKey key = origin(source.object());
        Source<?> found =
                table.get(key)
                        .orElseThrow(() ->
                                new BuildFailure(
                                        Reason.SOURCE,
                                        "failed to get source: " + key + " is not there"));
        Artifact artifact = found.artifact();
        boolean registry =
                key.kind().equals(HelmRepositorySource.KIND.kind())
                        && HelmRepositorySource.isOci(
                                HelmRepositorySource.KIND.cast(found).object());
        if (artifact == null && !registry) {
            throw new BuildFailure(Reason.NO_ARTIFACT, "no artifact available for " + key);
        }
        return new ChartBuild.Origin(found, artifact, CosignCheck.known(source));
    }

    private static Outcome.Report report(
            HelmChart object, String revision, ChartBuild.Result result) {
        boolean packaged = result.packaged();
        String message =
                (packaged ? "packaged" : "pulled")
                        + " '"
                        + result.name()
                        + "' chart with version '"
                        + result.version()
                        + "'"
                        + (result.valuesFiles().isEmpty()
                                ? ""
                                : " and merged values files ["
                                        + String.join(" ", result.valuesFiles())
                                        + "]");
        ObjectNode observed =
                FluxJson.write(
                        new HelmChart.Status(
                                null,
                                null,
                                List.of(),
                                null,
                                null,
                                revision,
                                result.name(),
                                object.spec().ignoreMissingValuesFiles()
                                        ? result.valuesFiles()
                                        : List.of()));
        return new Outcome.Report(
                packaged ? "ChartPackageSucceeded" : "ChartPullSucceeded",
                message,
                message,
                result.verified().orElse(null),
                observed);
    }
}
