package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.manifests.ObjectText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice build kustomization}. */
@Command(
        name = "kustomization",
        aliases = "ks",
        mixinStandardHelpOptions = true,
        description =
                "Prints what a Kustomization would apply of local files: with its patches, variables and labels. What SOPS encrypted shows as **SOPS**.")
final class BuildKustomizationCommand implements Callable<Integer> {

    @Mixin private final FluxOptions flux = new FluxOptions();
    @Mixin private final PreviewOptions preview = new PreviewOptions();

    @Option(
            names = "--dry-run",
            description =
                    "Ask no cluster: needs --kustomization-file, and variables of ConfigMaps and Secrets have no value.")
    private boolean dryRun;

    @Override
    public Integer call() throws CommandFailure {
        if (!dryRun) {
            return flux.with(this::print);
        }
        try {
            return print(null);
        } catch (ClusterException e) {
            throw new CommandFailure("✗ " + e.getMessage());
        }
    }

    private int print(@Nullable FluxCluster cluster) throws CommandFailure, ClusterException {
        ObjectNode kustomization =
                preview.find(cluster, flux.namespace())
                        .orElseThrow(() ->
                                cluster == null
                                        ? new CommandFailure(
                                                "--dry-run needs --kustomization-file.")
                                        : CommandFailure.notFound(
                                                "Kustomization", preview.name(), flux.namespace()));
        flux.print(ObjectText.of(preview.objects(kustomization, cluster)).stripTrailing());
        return 0;
    }
}
