package dev.sluice.standalone;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Starts everything once, beside a cluster that holds nothing, and ends: the launcher makes its
 * ahead-of-time cache from such a run.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR",
            description = "Data directory of the run; whoever made it removes it.")
    Path data = Path.of(".");

    @Override
    public Integer call() throws Exception {
        try (EmptyCluster cluster = new EmptyCluster()) {
            Config empty = new ConfigBuilder(Config.empty()).withMasterUrl(cluster.url()).build();
            Settings settings = Settings.temporary(empty, "train", data);
            return new StandaloneProcess(settings, ready -> Quarkus.asyncExit(0)).run();
        }
    }
}
