package dev.sluice.standalone.bench;

import dev.sluice.events.Topic;
import dev.sluice.standalone.Settings;
import dev.sluice.standalone.demo.ClusterSetup;
import dev.sluice.standalone.demo.DemoCluster;
import dev.sluice.standalone.demo.EventFollower;
import dev.sluice.standalone.demo.Performance;
import dev.sluice.standalone.demo.Screen;
import dev.sluice.standalone.demo.ShowException;
import dev.sluice.testkit.git.GitHttpServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice bench}: makes a fleet, changes it in several ways, and tells what that cost. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures a small fleet on a cluster and tells where the time goes.")
public final class BenchCommand implements Callable<Integer> {

    private static final List<Topic> ROAD =
            List.of(Topic.SOURCES, Topic.RENDERED, Topic.REVEALED, Topic.APPLIED, Topic.DRIFT);

    @Option(
            names = {"-n", "--deliveries"},
            defaultValue = "50",
            description = "How many Kustomizations, of four objects each (${DEFAULT-VALUE}).")
    int deliveries = 50;

    @Option(
            names = "--cluster",
            paramLabel = "current",
            description =
                    "Use the cluster of your kubeconfig, in a namespace of its own that is removed at the end, instead of an API server of the benchmark's own.")
    @Nullable String cluster;

    @Option(
            names = "--idle",
            defaultValue = "15",
            description = "How many seconds to look on while nothing changes (${DEFAULT-VALUE}).")
    int idle = 15;

    @Option(
            names = "--timeout",
            defaultValue = "600",
            description = "How many seconds a part may take (${DEFAULT-VALUE}).")
    int timeout = 600;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there.")
    @Nullable Path json;

    @Option(names = "--page", paramLabel = "FILE", description = "Write a page with plots there.")
    @Nullable Path page;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Figures of an earlier run (--json) to compare with, by ratio.")
    @Nullable Path compare;

    @Override
    public Integer call() throws Exception {
        if (deliveries < 1 || idle < 0 || timeout < 1) {
            System.err.println("sluice bench: -n and --timeout start at 1, --idle at 0");
            return 2;
        }
        Report before;
        try {
            before = compare == null ? null : Report.read(compare);
        } catch (IOException e) {
            System.err.println("sluice bench: --compare " + compare + ": " + e.getMessage());
            return 2;
        }
        Screen screen = Screen.terminal();
        Path directory = Files.createTempDirectory("sluice-bench");
        screen.heading("Preparing");
        try (DemoCluster target = DemoCluster.named(cluster, directory, screen::step);
                GitHttpServer git =
                        GitHttpServer.start(
                                Files.createDirectories(directory.resolve("git")),
                                GitHttpServer.Options.open());
                BenchFleet fleet = BenchFleet.publish(directory.resolve("git"), git, deliveries);
                KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(target.forSluice()).build()) {
            screen.step("installing the definitions of GitRepository, Kustomization and their kin");
            ClusterSetup setup = new ClusterSetup(client);
            setup.definitions();
            setup.apply(
                    new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(BenchFleet.NAMESPACE)
                            .endMetadata()
                            .build());
            return new Performance("bench", true)
                    .run(
                            Settings.temporary(
                                    target.forSluice(), "bench", directory.resolve("data")),
                            screen,
                            () -> play(screen, fleet, client, before));
        } catch (ShowException e) {
            System.err.println("sluice bench: " + e.getMessage());
            return 1;
        }
    }

    private int play(
            Screen screen, BenchFleet fleet, KubernetesClient client, @Nullable Report before) {
        StageTimes stages = new StageTimes();
        screen.heading("%d deliveries of %d objects".formatted(fleet.size(), BenchFleet.OBJECTS));
        try (EventFollower _ =
                        new EventFollower(
                                System.getProperty("kafka.bootstrap.servers"), ROAD, stages::take);
                ClusterEye eye = new ClusterEye(client)) {
            Scenario scenario =
                    new Scenario(
                            client,
                            eye,
                            fleet,
                            stages,
                            Duration.ofSeconds(timeout),
                            step ->
                                    Lines.of(
                                                    step,
                                                    fleet.size(),
                                                    before == null
                                                            ? null
                                                            : before.step(step.name()))
                                            .forEach(screen::event));
            try {
                Report report = scenario.run(Duration.ofSeconds(idle));
                screen.good(
                        "%d MiB of memory, broker and services in one process"
                                .formatted(report.memory()));
                write(report, before);
            } finally {
                if (cluster != null) {
                    screen.step("removing what the run made");
                    scenario.cleanUp();
                }
            }
            return 0;
        } catch (TimeoutException | IOException e) {
            System.err.println("sluice bench: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            return 1;
        }
    }

    private void write(Report report, @Nullable Report before) throws IOException {
        if (json != null) {
            report.write(json);
        }
        if (page != null) {
            Files.writeString(page, Page.of(report, before));
        }
    }
}
