package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.KindWords;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ObjectReference;
import dev.sluice.cli.flux.Reconciliation;
import dev.sluice.cli.flux.ServedKind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reconciles an object now and waits for the end. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description =
                "Reconciles an object now and waits for the end: reconcile source git NAME, reconcile ks NAME --with-source.")
final class ReconcileCommand implements Callable<Integer> {

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Parameters(
            paramLabel = "KIND NAME",
            arity = "2..*",
            completionCandidates = KindCandidates.class,
            description = "Which object.")
    private List<String> words = List.of();

    @Option(names = "--with-source", description = "Reconcile the object's source first.")
    private boolean withSource;

    @Option(
            names = "--force",
            description = "A HelmRelease: upgrade once more though nothing changed.")
    private boolean force;

    @Option(
            names = "--reset",
            description = "A HelmRelease: forget failed attempts, so that it is tried again.")
    private boolean reset;

    @Override
    public Integer call() throws CommandFailure {
        KindWords asked = FluxOptions.oneKind(words);
        ServedKind kind = asked.kinds().getFirst();
        if (asked.rest().size() != 1) {
            throw new CommandFailure("Name one object: reconcile " + kind.singular() + " NAME.", 2);
        }
        if (!kind.hasStatus()) {
            throw new CommandFailure(
                    "Nothing reconciles objects of the kind " + kind.name() + ".", 2);
        }
        return flux.with(
                cluster -> reconcile(cluster, kind, flux.namespace(), asked.rest().getFirst()));
    }

    private int reconcile(FluxCluster cluster, ServedKind kind, String namespace, String name)
            throws ClusterException, CommandFailure {
        if ((force || reset) && !kind.name().equals("HelmRelease")) {
            throw new CommandFailure("--force and --reset are for HelmReleases.", 2);
        }
        LiveObject object = existing(cluster, kind, namespace, name);
        if (withSource) {
            reconcileSource(cluster, object);
        }
        return once(cluster, object, force, reset);
    }

    private void reconcileSource(FluxCluster cluster, LiveObject object)
            throws ClusterException, CommandFailure {
        ObjectReference source =
                object.source()
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "The " + object.kind().name() + " names no source."));
        ServedKind kind =
                ServedKind.called(source.kind())
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "'" + source.kind() + "' is no kind of a source."));
        once(cluster, existing(cluster, kind, source.namespace(), source.name()), false, false);
    }

    private static LiveObject existing(
            FluxCluster cluster, ServedKind kind, String namespace, String name)
            throws ClusterException, CommandFailure {
        LiveObject object =
                cluster.find(kind, namespace, name)
                        .orElseThrow(() -> CommandFailure.notFound(kind.name(), name, namespace));
        if (object.isSuspended()) {
            throw new CommandFailure("✗ resource is suspended");
        }
        return object;
    }

    private int once(FluxCluster cluster, LiveObject object, boolean forcing, boolean resetting)
            throws ClusterException, CommandFailure {
        String kind = object.kind().name();
        var reconciliation = new Reconciliation(cluster, Clock.systemUTC(), flux.timeout());
        flux.tell(
                "► annotating %s %s in %s namespace"
                        .formatted(kind, object.name(), object.namespace()));
        reconciliation.request(object, forcing, resetting);
        flux.tell("✔ " + kind + " annotated");
        flux.tell("◎ waiting for " + kind + " reconciliation");
        Optional<LiveObject> end = reconciliation.await(object);
        report(end, object, flux.timeout());
        return 0;
    }

    private void report(Optional<LiveObject> end, LiveObject object, Duration timeout)
            throws CommandFailure {
        String kind = object.kind().name();
        LiveObject now =
                end.orElseThrow(() ->
                        new CommandFailure(
                                "✗ %s '%s' was not reconciled within %d s"
                                        .formatted(kind, object.name(), timeout.toSeconds())));
        if (!now.ready().equals("True")) {
            throw new CommandFailure(
                    "✗ " + kind + " reconciliation failed: '" + now.message() + "'");
        }
        String verb = object.kind().group().startsWith("source.") ? "fetched" : "applied";
        flux.tell(
                now.revision().isEmpty()
                        ? "✔ " + kind + " reconciliation completed"
                        : "✔ " + verb + " revision " + now.revision());
    }
}
