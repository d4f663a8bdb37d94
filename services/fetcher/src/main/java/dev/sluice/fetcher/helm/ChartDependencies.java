package dev.sluice.fetcher.helm;

import dev.sluice.fetcher.helm.BuildFailure.Reason;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.source.HelmChart;
import dev.sluice.fluxapi.source.HelmRepository;
import dev.sluice.helm.chart.ChartException;
import dev.sluice.helm.chart.ChartFiles;
import dev.sluice.helm.chart.ChartFolder;
import dev.sluice.helm.chart.ChartLimits;
import dev.sluice.helm.chart.ChartMetadata;
import dev.sluice.helm.chart.ChartMetadata.Dependency;
import dev.sluice.helm.version.Version;
import dev.sluice.helm.version.VersionRange;
import dev.sluice.kustomize.tree.FileTree;
import java.io.IOException;
import java.util.Optional;

/**
 * Puts the charts that a chart depends on into it: those that lie beside it in its source, and
 * those of repositories that the namespace declares. A chart cannot make us ask anyone else.
 */
final class ChartDependencies {

    private static final String LOCAL = "file://";

    private final SourceTable table;
    private final ChartRepositories repositories;
    private final ChartRegistries registries;
    private final ChartLimits limits;

    ChartDependencies(
            SourceTable table,
            ChartRepositories repositories,
            ChartRegistries registries,
            ChartLimits limits) {
        this.registries = registries;
        this.table = table;
        this.repositories = repositories;
        this.limits = limits;
    }

    ChartFiles build(
            HelmChart object,
            FileTree tree,
            String folder,
            ChartFiles chart,
            ChartMetadata metadata)
            throws BuildFailure, IOException, InterruptedException {
        ChartFiles whole = chart;
        for (Dependency dependency : metadata.dependencies()) {
            if (isIncluded(chart, dependency)) {
                continue;
            }
            ChartFiles found =
                    dependency.repository().startsWith(LOCAL)
                            ? local(tree, folder, dependency)
                            : remote(object, dependency);
            whole = whole.with("charts/" + dependency.name(), found);
        }
        return whole;
    }

    private static boolean isIncluded(ChartFiles chart, Dependency dependency) {
        String folder = "charts/" + dependency.name() + '/' + ChartMetadata.FILE;
        String archive = "charts/" + dependency.name() + '-';
        return chart.all().containsKey(folder)
                || chart.all().keySet().stream()
                        .anyMatch(path -> path.startsWith(archive) && path.endsWith(".tgz"));
    }

    private ChartFiles local(FileTree tree, String folder, Dependency dependency)
            throws BuildFailure, IOException {
        String path =
                ChartFolder.inside(
                        folder + '/' + dependency.repository().substring(LOCAL.length()));
        try {
            ChartFiles found = ChartFolder.read(tree, path, limits);
            ChartMetadata metadata = ChartMetadata.of(found);
            if (!fits(dependency, metadata.version())) {
                throw failed(
                        dependency, "the one at '" + path + "' has version " + metadata.version());
            }
            return found;
        } catch (ChartException e) {
            throw failed(dependency, e.getMessage());
        }
    }

    private static boolean fits(Dependency dependency, String version) {
        return dependency.version().isEmpty()
                || dependency.version().equals(version)
                || VersionRange.parse(dependency.version())
                        .flatMap(range -> Version.parse(version).map(range::contains))
                        .orElse(false);
    }

    private ChartFiles remote(HelmChart object, Dependency dependency)
            throws BuildFailure, InterruptedException {
        Source<HelmRepository> repository =
                declared(object, dependency.repository())
                        .orElseThrow(() ->
                                failed(
                                        dependency,
                                        dependency.repository().isEmpty()
                                                ? "it names no repository and is not in charts/"
                                                : "no HelmRepository in this namespace has the address '"
                                                        + dependency.repository()
                                                        + "'"));
        try {
            return ChartFiles.unpack(archive(object, repository, dependency), limits);
        } catch (BuildFailure | ChartException e) {
            throw failed(dependency, String.valueOf(e.getMessage()));
        }
    }

    private byte[] archive(
            HelmChart object, Source<HelmRepository> repository, Dependency dependency)
            throws BuildFailure, InterruptedException {
        if (HelmRepositorySource.isOci(repository.object())) {
            ChartRegistries.Place place = registries.place(repository.object(), dependency.name());
            String version =
                    registries.find(place, dependency.name(), dependency.version()).version();
            return registries.pull(place, version, object, null).archive();
        }
        Artifact index = repository.artifact();
        if (index == null) {
            throw failed(dependency, repository.key() + " has no index yet");
        }
        return repositories.pull(
                repository, repositories.find(index, dependency.name(), dependency.version()));
    }

    private Optional<Source<HelmRepository>> declared(HelmChart object, String address) {
        String wanted = bare(address);
        return table.all().stream()
                .filter(source -> source.key().kind().equals(HelmRepositorySource.KIND.kind()))
                .filter(source -> source.key().namespace().equals(object.metadata().namespace()))
                .map(HelmRepositorySource.KIND::cast)
                .filter(source -> matches(source, address, wanted))
                .findFirst();
    }

    /** By its address, or by its name where the dependency has an alias. */
    private static boolean matches(Source<HelmRepository> source, String address, String wanted) {
        for (String prefix : new String[] {"@", "alias:"}) {
            if (address.startsWith(prefix)) {
                return source.key().name().equals(address.substring(prefix.length()));
            }
        }
        return bare(source.object().spec().url()).equals(wanted);
    }

    private static String bare(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static BuildFailure failed(Dependency dependency, String why) {
        return new BuildFailure(
                Reason.DEPENDENCY,
                "dependency '" + dependency.name() + "' " + dependency.version() + ": " + why);
    }
}
