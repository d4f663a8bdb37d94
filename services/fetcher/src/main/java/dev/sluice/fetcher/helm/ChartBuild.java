package dev.sluice.fetcher.helm;

import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.helm.BuildFailure.Reason;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.source.HelmChart;
import dev.sluice.fluxapi.source.HelmRepository;
import dev.sluice.helm.chart.ChartException;
import dev.sluice.helm.chart.ChartFiles;
import dev.sluice.helm.chart.ChartFolder;
import dev.sluice.helm.chart.ChartIndex;
import dev.sluice.helm.chart.ChartLimits;
import dev.sluice.helm.chart.ChartMetadata;
import dev.sluice.helm.version.Version;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the chart that a HelmChart asks for, or finds that the one that is there is it. */
final class ChartBuild {

    private static final int SHORT_REVISION = 12;

    /**
     * What a chart is made of.
     *
     * @param artifact null for a registry
     * @param verified the signature that the chart that is there was found to have
     */
    record Origin(
            Source<?> source, @Nullable Artifact artifact, Optional<Outcome.Verified> verified) {
        String revision() {
            return artifact == null ? "" : artifact.revision();
        }
    }

    /**
     * A chart.
     *
     * @param archive null where the artifact that is there is the wanted one
     * @param packaged whether it was packaged here, and not only pulled
     * @param verified the signature that was found good
     */
    record Result(
            String name,
            String version,
            List<String> valuesFiles,
            boolean packaged,
            @Nullable Packed archive,
            Optional<Outcome.Verified> verified) {

        Result(
                String name,
                String version,
                List<String> valuesFiles,
                boolean packaged,
                @Nullable Packed archive) {
            this(name, version, valuesFiles, packaged, archive, Optional.empty());
        }

        /** What is kept was found good before. */
        Result orVerified(Optional<Outcome.Verified> before) {
            return archive == null ? with(before) : this;
        }

        Result with(Optional<Outcome.Verified> signature) {
            return new Result(name, version, valuesFiles, packaged, archive, signature);
        }
    }

    /** A packed chart. */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record Packed(byte[] bytes) {}

    private final ArtifactStore store;
    private final ChartRepositories repositories;
    private final ChartRegistries registries;
    private final ChartDependencies dependencies;
    private final ChartLimits limits;

    ChartBuild(
            SourceTable table,
            ArtifactStore store,
            ChartRepositories repositories,
            ChartRegistries registries,
            ChartLimits limits) {
        this.store = store;
        this.repositories = repositories;
        this.registries = registries;
        this.dependencies = new ChartDependencies(table, repositories, registries, limits);
        this.limits = limits;
    }

    /**
     * @param kept the artifact that is in the store
     */
    Result run(HelmChart object, Origin origin, Optional<Artifact> kept)
            throws BuildFailure, IOException, InterruptedException {
        if (origin.source().object() instanceof HelmRepository) {
            return pulled(object, origin, kept);
        }
        return packaged(object, origin, kept);
    }

    private Result pulled(HelmChart object, Origin origin, Optional<Artifact> kept)
            throws BuildFailure, InterruptedException {
        Source<HelmRepository> repository = HelmRepositorySource.KIND.cast(origin.source());
        String chart = object.spec().chart();
        String range = object.spec().version();
        if (HelmRepositorySource.isOci(repository.object())) {
            ChartRegistries.Place place = registries.place(repository.object(), chart);
            ChartIndex.Entry entry = registries.find(place, chart, range);
            boolean trusted = object.spec().verify() == null || origin.verified().isPresent();
            return pulled(
                            object,
                            entry,
                            trusted ? kept : Optional.empty(),
                            () ->
                                    registries.pull(
                                            place, entry.version(), object, object.spec().verify()))
                    .orVerified(origin.verified());
        }
        Artifact index = origin.artifact();
        if (index == null) {
            throw new BuildFailure(Reason.NO_ARTIFACT, "the repository has no index yet");
        }
        ChartIndex.Entry entry = repositories.find(index, chart, range);
        return pulled(
                object,
                entry,
                kept,
                () ->
                        new ChartRegistries.Pulled(
                                repositories.pull(repository, entry), Optional.empty()));
    }

    private interface Pull {
        ChartRegistries.Pulled run() throws BuildFailure, InterruptedException;
    }

    private Result pulled(
            HelmChart object, ChartIndex.Entry entry, Optional<Artifact> kept, Pull pull)
            throws BuildFailure, InterruptedException {
        List<String> valuesFiles = object.spec().valuesFiles();
        boolean packaged = !valuesFiles.isEmpty();
        String version =
                marked(entry.version(), packaged ? "" + object.metadata().generation() : "");
        if (isKept(object, kept, entry.name(), version)) {
            return new Result(entry.name(), version, used(object), packaged, null);
        }
        ChartRegistries.Pulled pulled = pull.run();
        byte[] archive = pulled.archive();
        try {
            ChartFiles chart = ChartFiles.unpack(archive, limits);
            ChartMetadata metadata = ChartMetadata.of(chart);
            if (!packaged) {
                return new Result(
                                metadata.name(),
                                metadata.version(),
                                List.of(),
                                false,
                                new Packed(archive))
                        .with(pulled.verified());
            }
            ValuesFiles merged =
                    ValuesFiles.merge(
                            chart,
                            valuesFiles,
                            object.spec().ignoreMissingValuesFiles(),
                            path -> chart.all().get(ChartFolder.inside(path)));
            byte[] packed =
                    ChartMetadata.withVersion(merged.chart(), version).pack(metadata.name());
            return new Result(metadata.name(), version, merged.used(), true, new Packed(packed))
                    .with(pulled.verified());
        } catch (ChartException e) {
            throw new BuildFailure(
                    packaged ? Reason.PACKAGE : Reason.PULL,
                    "chart '" + entry.name() + "' " + entry.version() + ": " + e.getMessage());
        }
    }

    private Result packaged(HelmChart object, Origin origin, Optional<Artifact> kept)
            throws BuildFailure, IOException, InterruptedException {
        Artifact artifact = origin.artifact();
        if (artifact == null) {
            throw new BuildFailure(Reason.NO_ARTIFACT, "the source has no artifact");
        }
        FileTree tree = store.tree(new Digest(artifact.digest()));
        String path = ChartFolder.inside(object.spec().chart());
        boolean folder = tree.kind(path) == PathKind.DIRECTORY;
        ChartFiles chart = read(tree, path, folder, object.spec().chart());
        ChartMetadata metadata = metadata(chart);
        List<String> valuesFiles = object.spec().valuesFiles();
        String marks = marks(object, artifact);
        String version = marked(metadata.version(), marks);
        if (isKept(object, kept, metadata.name(), version)) {
            return new Result(metadata.name(), version, used(object), true, null);
        }
        if (!folder && marks.isEmpty() && valuesFiles.isEmpty()) {
            return new Result(
                    metadata.name(), version, List.of(), false, new Packed(tree.read(path)));
        }
        ValuesFiles merged =
                ValuesFiles.merge(
                        chart,
                        valuesFiles,
                        object.spec().ignoreMissingValuesFiles(),
                        file -> values(tree, file));
        try {
            ChartFiles whole =
                    folder
                            ? dependencies.build(object, tree, path, merged.chart(), metadata)
                            : merged.chart();
            byte[] packed = ChartMetadata.withVersion(whole, version).pack(metadata.name());
            return new Result(metadata.name(), version, merged.used(), true, new Packed(packed));
        } catch (ChartException e) {
            throw new BuildFailure(Reason.PACKAGE, e.getMessage());
        }
    }

    private ChartFiles read(FileTree tree, String path, boolean folder, String shown)
            throws BuildFailure, IOException {
        try {
            if (folder) {
                return ChartFolder.read(tree, path, limits);
            }
            if (tree.kind(path) == PathKind.FILE) {
                return ChartFiles.unpack(tree.read(path), limits);
            }
        } catch (ChartException e) {
            throw new BuildFailure(Reason.REFERENCE, shown + ": " + e.getMessage());
        }
        throw new BuildFailure(
                Reason.REFERENCE, "the source has neither a folder nor a file '" + shown + "'");
    }

    private static ChartMetadata metadata(ChartFiles chart) throws BuildFailure {
        try {
            return ChartMetadata.of(chart);
        } catch (ChartException e) {
            throw new BuildFailure(Reason.REFERENCE, e.getMessage());
        }
    }

    private static byte @Nullable [] values(FileTree tree, String file) throws BuildFailure {
        String path = ChartFolder.inside(file);
        try {
            return tree.kind(path) == PathKind.FILE ? tree.read(path) : null;
        } catch (IOException e) {
            throw new BuildFailure(
                    Reason.VALUES_FILES, file + " cannot be read: " + e.getMessage());
        }
    }

    /** The revision of the source where the strategy says so, and the generation of the values. */
    private static String marks(HelmChart object, Artifact artifact) {
        String marks = "";
        if (object.spec().reconcileStrategy().equals("Revision")) {
            String revision = artifact.revision();
            String hash = revision.substring(revision.lastIndexOf(':') + 1);
            marks = hash.substring(0, Math.min(SHORT_REVISION, hash.length()));
        }
        if (object.spec().valuesFiles().isEmpty()) {
            return marks;
        }
        return (marks.isEmpty() ? "" : marks + '.') + object.metadata().generation();
    }

    /** The version with that in place of its own build metadata. */
    private static String marked(String version, String marks) throws BuildFailure {
        if (marks.isEmpty()) {
            return version;
        }
        if (Version.parse(version).isEmpty()) {
            throw new BuildFailure(
                    Reason.METADATA,
                    "the chart's version '" + version + "' is no semantic version");
        }
        int plus = version.indexOf('+');
        return (plus < 0 ? version : version.substring(0, plus)) + '+' + marks;
    }

    /** A changed spec makes the chart anew, whatever its version. */
    private static boolean isKept(
            HelmChart object, Optional<Artifact> kept, String name, String version) {
        HelmChart.Status status = object.status();
        return kept.isPresent()
                && status != null
                && kept.get().revision().equals(version)
                && name.equals(status.observedChartName())
                && Long.valueOf(object.metadata().generation()).equals(status.observedGeneration());
    }

    private static List<String> used(HelmChart object) {
        HelmChart.Status status = object.status();
        return object.spec().ignoreMissingValuesFiles() && status != null
                ? status.observedValuesFiles()
                : object.spec().valuesFiles();
    }
}
