package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops all work on objects. */
@Command(
        name = "suspend",
        mixinStandardHelpOptions = true,
        description =
                "Stops all work on objects; what is applied stays: suspend kustomization NAME..., suspend source git --all.")
final class SuspendCommand implements Callable<Integer> {

    @Mixin private final FluxOptions flux = new FluxOptions();
    @Mixin private final ChoiceOptions choice = new ChoiceOptions();

    @Override
    public Integer call() throws CommandFailure {
        KindWords asked = choice.asked();
        return flux.with(cluster -> suspend(asked, cluster));
    }

    private int suspend(KindWords asked, FluxCluster cluster)
            throws ClusterException, CommandFailure {
        List<LiveObject> objects =
                choice.present(asked, cluster, flux, "✗ %s %s not found in %s namespace");
        if (choice.isAll() && objects.isEmpty()) {
            throw new CommandFailure("✗ no objects found");
        }
        for (LiveObject object : objects) {
            String kind = object.kind().singular();
            flux.tell(
                    "► suspending %s %s in %s namespace"
                            .formatted(kind, object.name(), object.namespace()));
            cluster.setSuspended(object, true);
            flux.tell("✔ " + kind + " suspended");
        }
        return 0;
    }
}
