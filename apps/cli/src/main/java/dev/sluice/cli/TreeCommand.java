package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.InventoryTree;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what an object made. */
@Command(
        name = "tree",
        mixinStandardHelpOptions = true,
        description =
                "Shows what a Kustomization or HelmRelease made, and what that made in turn: tree kustomization NAME.")
final class TreeCommand implements Callable<Integer> {

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Parameters(
            paramLabel = "KIND NAME",
            arity = "2..*",
            completionCandidates = KindCandidates.class,
            description = "Which object.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws CommandFailure {
        KindWords asked = FluxOptions.oneKind(words);
        if (asked.rest().size() != 1) {
            throw new CommandFailure("Name one object: tree kustomization NAME.", 2);
        }
        return flux.with(cluster -> show(asked, cluster));
    }

    private int show(KindWords asked, FluxCluster cluster) throws ClusterException, CommandFailure {
        String name = asked.rest().getFirst();
        LiveObject root =
                cluster.find(asked.kinds().getFirst(), flux.namespace(), name)
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "✗ %s object '%s' not found in \"%s\" namespace"
                                                .formatted(
                                                        asked.kinds().getFirst().name(),
                                                        name,
                                                        flux.namespace())));
        new InventoryTree(cluster).of(root).forEach(flux::print);
        return 0;
    }
}
