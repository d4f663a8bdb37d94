package dev.sluice.standalone.demo;

import dev.sluice.standalone.Settings;
import dev.sluice.testkit.git.GitHttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code sluice demo}: prepares the stage, starts the pipeline, and lets the show run beside it.
 */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Shows the pipeline at work on the sample fleet.")
public final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--cluster",
            paramLabel = "current",
            description =
                    "Use the cluster of your kubeconfig instead of an API server of the demo's own.")
    @Nullable String cluster;

    @Option(names = "--once", description = "End after the show instead of staying up.")
    boolean once;

    @Override
    public Integer call() throws Exception {
        Screen screen = Screen.terminal();
        Path directory = Files.createTempDirectory("sluice-demo");
        screen.heading("Preparing");
        try (DemoCluster target = DemoCluster.named(cluster, directory, screen::step);
                GitHttpServer git =
                        GitHttpServer.start(
                                Files.createDirectories(directory.resolve("git")),
                                GitHttpServer.Options.open());
                SampleFleet fleet =
                        SampleFleet.publish(directory.resolve("git"), git, screen::step)) {
            return run(screen, directory, target, fleet);
        } catch (ShowException e) {
            System.err.println("sluice demo: " + e.getMessage());
            return 1;
        }
    }

    private int run(Screen screen, Path directory, DemoCluster target, SampleFleet fleet)
            throws Exception {
        Config config = target.forSluice();
        screen.step("installing the definitions of GitRepository, Kustomization and their kin");
        try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
            new ClusterSetup(client).prepare(fleet);
        }
        screen.step("starting the pipeline: broker and services in this process");
        return new Performance("show", once)
                .run(
                        Settings.temporary(config, SampleFleet.CLUSTER, directory.resolve("data")),
                        screen,
                        () -> show(screen, target, fleet));
    }

    private static int show(Screen screen, DemoCluster target, SampleFleet fleet) {
        try {
            new Show(screen, target, fleet).play(System.getProperty("kafka.bootstrap.servers"));
            return 0;
        } catch (ShowException e) {
            System.err.println("sluice demo: " + e.getMessage());
            return 1;
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            return 1;
        }
    }
}
