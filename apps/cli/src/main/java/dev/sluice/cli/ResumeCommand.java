package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.Reconciliation;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Goes on with objects that were suspended. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Goes on with objects that were suspended; of one it waits for the result.")
final class ResumeCommand implements Callable<Integer> {

    @Mixin private final FluxOptions flux = new FluxOptions();
    @Mixin private final ChoiceOptions choice = new ChoiceOptions();

    @Option(names = "--wait", description = "Wait for each object before the next one is resumed.")
    private boolean oneByOne;

    @Override
    public Integer call() throws CommandFailure {
        KindWords asked = choice.asked();
        return flux.with(cluster -> resume(asked, cluster));
    }

    private int resume(KindWords asked, FluxCluster cluster)
            throws ClusterException, CommandFailure {
        List<LiveObject> objects =
                choice.present(asked, cluster, flux, "✗ %s object '%s' not found in %s namespace");
        if (choice.isAll() && objects.isEmpty()) {
            flux.tell(
                    "✗ no %s objects found in %s namespace"
                            .formatted(asked.kinds().getFirst().name(), flux.namespace()));
        }
        // As flux does it: who resumes many at once does not wait for them.
        boolean waits = oneByOne || (!choice.isAll() && asked.rest().size() == 1);
        for (LiveObject object : objects) {
            String kind = object.kind().singular();
            flux.tell(
                    "► resuming %s %s in %s namespace"
                            .formatted(kind, object.name(), object.namespace()));
            LiveObject going = cluster.setSuspended(object, false);
            flux.tell("✔ " + kind + " resumed");
            if (waits) {
                await(cluster, going);
            }
        }
        return 0;
    }

    private void await(FluxCluster cluster, LiveObject object)
            throws ClusterException, CommandFailure {
        if (!object.kind().hasStatus()) {
            return;
        }
        String kind = object.kind().name();
        flux.tell("◎ waiting for " + kind + " reconciliation");
        Optional<LiveObject> end =
                new Reconciliation(cluster, Clock.systemUTC(), flux.timeout()).awaitSettled(object);
        if (end.isEmpty()) {
            throw new CommandFailure(
                    "✗ %s '%s' was not reconciled within %d s"
                            .formatted(kind, object.name(), flux.timeout().toSeconds()));
        }
        if (!end.get().ready().equals("True")) {
            throw new CommandFailure(
                    "✗ " + kind + " reconciliation failed: '" + end.get().message() + "'");
        }
        flux.tell("✔ " + kind + " reconciliation completed");
    }
}
