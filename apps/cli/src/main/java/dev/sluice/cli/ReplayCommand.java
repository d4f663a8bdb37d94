package dev.sluice.cli;

import dev.sluice.cli.audit.Deployment;
import dev.sluice.cli.audit.FleetState;
import dev.sluice.cli.audit.History;
import dev.sluice.cli.audit.HistoryFilter;
import dev.sluice.cli.audit.Manifests;
import dev.sluice.cli.replay.DirectoryReplay;
import dev.sluice.cli.replay.ReplayException;
import dev.sluice.cli.replay.SandboxReplay;
import dev.sluice.cli.replay.TopicReplay;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells a part of the log again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the log and makes again what it says: events into a topic, manifests into a directory or a sandbox cluster.",
            "Replayed events carry the mark ce_replay, and no service acts on them. Secrets are replayed as ***.",
            "Exit codes: 0 done, 1 something could not be replayed, 2 wrong use."
        })
final class ReplayCommand implements Callable<Integer> {

    /** Where to. */
    enum Target {
        topic,
        directory,
        cluster
    }

    @Mixin private LogOptions log = new LogOptions();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            required = true,
            description = "What happened since: 2026-11-23T14:05:00Z, a day, or 15m (ago).")
    private String from = "";

    @Option(
            names = "--to",
            paramLabel = "TIME",
            defaultValue = "now",
            description = "Until when; default: ${DEFAULT-VALUE}.")
    private String to = "now";

    @Option(names = "--cluster", paramLabel = "NAME", description = "Of this cluster.")
    private @Nullable String cluster;

    @Option(
            names = "--delivery",
            paramLabel = "NAME",
            description = "Of this delivery: name, namespace/name or Kind/namespace/name.")
    private @Nullable String delivery;

    @Option(
            names = "--into",
            paramLabel = "TARGET",
            required = true,
            description =
                    "topic (all events), directory or cluster (the manifests of what was applied in that time, as they were at its end).")
    private Target target = Target.directory;

    @Option(names = "--directory", paramLabel = "DIR", description = "The directory: new or empty.")
    private @Nullable Path directory;

    @Option(names = "--topic", paramLabel = "NAME", description = "The topic; made if missing.")
    private @Nullable String topic;

    @Option(
            names = "--broker",
            paramLabel = "HOST:PORT",
            description = "The broker of the topic; default: the one of --kafka.")
    private @Nullable String broker;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig of the sandbox cluster; there is no default.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Context in the kubeconfig; default: its current one.")
    private @Nullable String context;

    @Option(
            names = "--into-origin",
            paramLabel = "NAME",
            description = "Write to the cluster that it came from: its name in the log, typed out.")
    private @Nullable String origin;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        Instant start = LogOptions.moment(from);
        Instant end = LogOptions.moment(to);
        if (end.isBefore(start)) {
            throw new CommandFailure("--to is before --from", 2);
        }
        try {
            return switch (target) {
                case topic -> intoTopic(start, end);
                case directory -> intoDirectory(start, end);
                case cluster -> intoCluster(start, end);
            };
        } catch (ReplayException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), 2);
        } catch (IOException | KubernetesException | KubernetesClientException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private int intoTopic(Instant start, Instant end)
            throws CommandFailure, ReplayException, IOException {
        String brokers = broker == null ? log.kafka() : broker;
        if (topic == null || brokers == null) {
            throw new CommandFailure(
                    "--into topic needs --topic NAME, and --broker or --kafka HOST:PORT", 2);
        }
        Clock clock = Clock.systemUTC();
        TopicReplay replay = new TopicReplay(brokers, topic, clock.instant().toString());
        HistoryFilter filter =
                new HistoryFilter(cluster, delivery, null, null, null, null, null, start, end);
        int written = log.read(from -> replay.write(History.of(from), filter));
        return told(written + " events into " + topic, List.of());
    }

    private int intoDirectory(Instant start, Instant end)
            throws CommandFailure, ReplayException, IOException {
        if (directory == null) {
            throw new CommandFailure("--into directory needs --directory DIR", 2);
        }
        List<Deployment> deployments = deployments(start, end);
        List<String> failures =
                new DirectoryReplay(directory, Manifests.in(log.data())).write(deployments);
        return told(
                (deployments.size() - failures.size()) + " deliveries into " + directory, failures);
    }

    private int intoCluster(Instant start, Instant end)
            throws CommandFailure, ReplayException, IOException, KubernetesException {
        if (kubeconfig == null || !Files.isReadable(kubeconfig)) {
            throw new CommandFailure(
                    "--into cluster needs --kubeconfig FILE of the sandbox cluster", 2);
        }
        List<Deployment> deployments = deployments(start, end);
        try (Cluster sandbox =
                Cluster.connect(Config.fromKubeconfig(context, kubeconfig.toFile()))) {
            List<String> failures =
                    new SandboxReplay(sandbox, Manifests.in(log.data()), origin).write(deployments);
            return told(
                    (deployments.size() - failures.size()) + " deliveries into the cluster",
                    failures);
        }
    }

    /** What was applied in that time and is there at its end. */
    private List<Deployment> deployments(Instant start, Instant end) throws CommandFailure {
        return log
                .read(from -> FleetState.at(from, end, DeliveryOptions.wanted(cluster, delivery)))
                .stream()
                .filter(deployment -> !deployment.since().isBefore(start))
                .toList();
    }

    private int told(String what, List<String> failures) {
        PrintWriter out = spec.commandLine().getOut();
        failures.forEach(failure -> out.println("✗ " + failure));
        out.println((failures.isEmpty() ? "✔ replayed " : "✗ replayed ") + what);
        out.flush();
        return failures.isEmpty() ? 0 : 1;
    }
}
