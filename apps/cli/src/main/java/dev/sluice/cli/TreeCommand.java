package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.InventoryTree;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.MadeObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what an object made. */
@Command(
        name = "tree",
        mixinStandardHelpOptions = true,
        description =
                "Shows what a Kustomization or HelmRelease made, and what that made in turn: tree kustomization NAME.")
final class TreeCommand implements Callable<Integer> {

    /** How the tree is printed. */
    enum Output {
        tree,
        json,
        yaml
    }

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Parameters(
            paramLabel = "KIND NAME",
            arity = "2..*",
            completionCandidates = KindCandidates.class,
            description = "Which object.")
    private List<String> words = List.of();

    @Option(names = "--compact", description = "Show objects of Flux kinds alone.")
    private boolean compact;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "tree",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Output output = Output.tree;

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
                                CommandFailure.notFound(
                                        asked.kinds().getFirst().name() + " object",
                                        name,
                                        flux.namespace()));
        MadeObject all = new InventoryTree(cluster).of(root);
        MadeObject made = compact ? all.ofFluxKinds() : all;
        switch (output) {
            case tree -> made.lines().forEach(flux::print);
            case json -> flux.print(made.json().toPrettyString());
            case yaml -> flux.printYaml(made.json());
        }
        return 0;
    }
}
