package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.cluster.KubeConfigFile;
import dev.sluice.cli.fleet.FleetStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice fleet status}: which cluster runs which revision and path of each app. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Tells for each cluster and app the revision and path that it runs, and since when.",
            "A cluster that does not answer is told as unknown. Exit codes: 0 all is ready, 1 something is not, or not known, 2 wrong use."
        })
final class FleetStatusCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig; KUBECONFIG or ~/.kube/config by default.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            required = true,
            split = ",",
            description = "A cluster, as a context of the kubeconfig; several with commas between.")
    private List<String> contexts = List.of();

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<FleetStatus.Row> rows = new ArrayList<>();
        FleetStatus status = new FleetStatus(Clock.systemUTC());
        for (String context : contexts) {
            rows.addAll(status.of(context, () -> connect(context)));
        }
        status.table(rows).forEach(out::println);
        out.flush();
        return rows.stream().allMatch(FleetStatus.Row::isReady) ? 0 : 1;
    }

    private ClusterClient connect(String context) throws ClusterException {
        return new ClusterClient(KubeConfigFile.find(kubeconfig, System.getenv()).address(context));
    }
}
