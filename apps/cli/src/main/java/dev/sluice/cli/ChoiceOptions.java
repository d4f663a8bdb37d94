package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ServedKind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which objects of a kind a command is about: those that are named, or all. */
final class ChoiceOptions {

    @Parameters(
            paramLabel = "KIND [NAME...]",
            arity = "1..*",
            completionCandidates = KindCandidates.class,
            description = "Which objects.")
    private List<String> words = List.of();

    @Option(names = "--all", description = "All objects of the kind in the namespace.")
    private boolean all;

    /** The one kind that is asked for, and the names after it. */
    KindWords asked() throws CommandFailure {
        return FluxOptions.oneKind(words);
    }

    /**
     * Those of them that there are, as flux goes on with the others where one is missing.
     *
     * @param missing how it is told that one is missing, of its kind, its name and the namespace
     */
    List<LiveObject> present(KindWords asked, FluxCluster cluster, FluxOptions flux, String missing)
            throws ClusterException, CommandFailure {
        ServedKind kind = asked.kinds().getFirst();
        String namespace = flux.namespace();
        if (isAll(asked)) {
            return cluster.list(kind, namespace, "");
        }
        var objects = new ArrayList<LiveObject>();
        for (String name : asked.rest()) {
            cluster.find(kind, namespace, name)
                    .ifPresentOrElse(
                            objects::add,
                            () -> flux.tell(missing.formatted(kind.name(), name, namespace)));
        }
        return objects;
    }

    /** Whether it is about all objects of the kind. */
    boolean isAll() {
        return all;
    }

    private boolean isAll(KindWords asked) throws CommandFailure {
        if (all != asked.rest().isEmpty()) {
            throw new CommandFailure("Name the objects, or say --all.", 2);
        }
        return all;
    }

    /** All of them; that one is not there is a failure. */
    List<LiveObject> of(KindWords asked, FluxCluster cluster, String namespace)
            throws ClusterException, CommandFailure {
        ServedKind kind = asked.kinds().getFirst();
        if (isAll(asked)) {
            return cluster.list(kind, namespace, "");
        }
        var objects = new ArrayList<LiveObject>();
        for (String name : asked.rest()) {
            objects.add(
                    cluster.find(kind, namespace, name)
                            .orElseThrow(
                                    () -> CommandFailure.notFound(kind.name(), name, namespace)));
        }
        return objects;
    }
}
