package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.cluster.KubeConfigFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a cluster. */
final class ClusterOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig; KUBECONFIG or ~/.kube/config by default.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The context in it; its current one by default.")
    private @Nullable String context;

    ClusterClient connect() throws ClusterException {
        return new ClusterClient(KubeConfigFile.find(kubeconfig, System.getenv()).address(context));
    }
}
