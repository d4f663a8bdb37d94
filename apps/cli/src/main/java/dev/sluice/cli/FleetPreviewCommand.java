package dev.sluice.cli;

import dev.sluice.cli.fleet.CommitTrees;
import dev.sluice.cli.fleet.FleetException;
import dev.sluice.cli.fleet.Preview;
import dev.sluice.cli.fleet.PreviewText;
import dev.sluice.cli.fleet.ReleaseRender;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice fleet preview}: for people, and for the pipeline of a merge request. */
@Command(
        name = "preview",
        mixinStandardHelpOptions = true,
        description = {
            "Renders every cluster's root, and what it leads to, at two commits, and tells which objects differ; charts of HelmReleases are templated. Secrets are masked.",
            "Exit codes: 0 done, 1 a cluster cannot be rendered, 2 wrong use, 3 there are changes (with --exit-code)."
        })
final class FleetPreviewCommand implements Callable<Integer> {

    private static final int CHANGES = 3;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--ref",
            paramLabel = "REF",
            required = true,
            description = "The branch, tag or commit that would be merged.")
    private String ref = "";

    @Option(
            names = "--base",
            paramLabel = "REF",
            defaultValue = "main",
            description = "What the clusters are at; ${DEFAULT-VALUE} by default.")
    private String base = "main";

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "A clone of the repository; the current directory by default.")
    private Path repository = Path.of(".");

    @Option(
            names = "--clusters",
            paramLabel = "DIR",
            defaultValue = "clusters",
            description = "The folder with a folder for each cluster; ${DEFAULT-VALUE} by default.")
    private String folder = "clusters";

    @Option(
            names = "--cluster",
            paramLabel = "PATH",
            description = "Only this cluster's folder; may be given more than once.")
    private List<String> only = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|markdown",
            defaultValue = "text",
            description = "${DEFAULT-VALUE} by default.")
    private String output = "text";

    @Option(names = "--exit-code", description = "Exit with 3 where there are changes.")
    private boolean exitCode;

    @Override
    public Integer call() throws CommandFailure {
        if (!output.equals("text") && !output.equals("markdown")) {
            throw new CommandFailure("--output is text or markdown.", 2);
        }
        List<Preview.Cluster> clusters;
        try (CommitTrees trees = CommitTrees.open(repository);
                ReleaseRender releases = ReleaseRender.ofThisBuild()) {
            CommitTrees.Commit before = trees.at(base);
            CommitTrees.Commit after = trees.at(ref);
            List<String> paths =
                    only.isEmpty() ? Preview.clusters(before.tree(), after.tree(), folder) : only;
            clusters =
                    paths.stream()
                            .map(path -> Preview.of(before.tree(), after.tree(), path, releases))
                            .toList();
        } catch (FleetException e) {
            throw new CommandFailure(e.getMessage() + ".");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(
                output.equals("markdown")
                        ? PreviewText.markdown(clusters)
                        : PreviewText.plain(clusters));
        out.flush();
        if (clusters.stream().anyMatch(cluster -> cluster.failure() != null)) {
            return 1;
        }
        boolean changed = clusters.stream().anyMatch(cluster -> !cluster.changes().isEmpty());
        return exitCode && changed ? CHANGES : 0;
    }
}
