package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.LogLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what the services say. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description =
                "Prints the logs of the services, those about some objects or of some level: of the pods in the cluster, or of sluice up by --data.")
final class LogsCommand implements Callable<Integer> {

    private static final String SERVICES = "app.kubernetes.io/part-of%20in%20(sluice,flux)";

    /** From which level on. */
    enum Level {
        debug(0),
        info(1),
        warn(2),
        error(3);

        private final int rank;

        Level(int rank) {
            this.rank = rank;
        }
    }

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Lines about objects of all namespaces, and about none.")
    private boolean allNamespaces;

    @Option(names = "--kind", paramLabel = "KIND", description = "Lines about objects of a kind.")
    private @Nullable String kind;

    @Option(names = "--name", paramLabel = "NAME", description = "Lines about objects of a name.")
    private @Nullable String name;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "Lines from this level on: ${COMPLETION-CANDIDATES}.")
    private Level level = Level.debug;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new lines as they come.")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "LINES", description = "The last lines of each service.")
    private int tail = -1;

    @Option(names = "--since", paramLabel = "DURATION", description = "Lines of the last time.")
    private @Nullable String since;

    @Option(
            names = "--flux-namespace",
            paramLabel = "NAME",
            defaultValue = "${env:FLUX_SYSTEM_NAMESPACE:-flux-system}",
            description = "Where the services run; ${DEFAULT-VALUE} by default.")
    private String servicesIn = "flux-system";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The directory of a sluice up on this machine.")
    private @Nullable Path data;

    @Override
    public Integer call() throws CommandFailure {
        if (data != null) {
            return ofFile(data.resolve("logs").resolve("sluice.log"));
        }
        return flux.with(this::ofPods);
    }

    private int ofFile(Path file) throws CommandFailure {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            List<String> wanted = lines.filter(this::isWanted).toList();
            int from = tail < 0 ? 0 : Math.max(0, wanted.size() - tail);
            wanted.subList(from, wanted.size()).forEach(flux::print);
            return 0;
        } catch (IOException e) {
            throw new CommandFailure("✗ there is no log at " + file);
        }
    }

    private int ofPods(FluxCluster cluster) throws ClusterException, CommandFailure {
        List<String> pods = new ArrayList<>();
        String path = "/api/v1/namespaces/" + servicesIn + "/pods";
        for (JsonNode pod :
                cluster.client().get(path + "?labelSelector=" + SERVICES).path("items")) {
            pods.add(pod.at("/metadata/name").asText());
        }
        if (pods.isEmpty()) {
            throw new CommandFailure(
                    "✗ no pods of services found in \""
                            + servicesIn
                            + "\" namespace; for sluice up on this machine say --data DIR");
        }
        ConcurrentLinkedQueue<ClusterException> failures = new ConcurrentLinkedQueue<>();
        // To follow means to read all at once; else one after the other keeps lines together.
        try (ExecutorService readers =
                follow
                        ? Executors.newVirtualThreadPerTaskExecutor()
                        : Executors.newSingleThreadExecutor()) {
            for (String pod : pods) {
                readers.execute(() -> read(cluster.client(), path + '/' + pod, failures));
            }
        }
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        return 0;
    }

    private void read(
            ClusterClient client, String pod, ConcurrentLinkedQueue<ClusterException> failures) {
        String query =
                "/log?follow="
                        + follow
                        + (tail < 0 ? "" : "&tailLines=" + tail)
                        + (since == null ? "" : "&sinceSeconds=" + seconds(since));
        try {
            client.follow(
                    pod + query,
                    line -> {
                        if (isWanted(line)) {
                            flux.print(line);
                        }
                        return true;
                    });
        } catch (ClusterException e) {
            failures.add(e);
        }
    }

    private static long seconds(String duration) {
        return Math.max(1, PatienceOptions.parse(duration).toSeconds());
    }

    private boolean isWanted(String text) {
        LogLine line = LogLine.read(text);
        return line.level() >= level.rank
                && (kind == null || kind.equalsIgnoreCase(line.kind()))
                && (name == null || name.equals(line.name()))
                && (allNamespaces
                        || line.kind().isEmpty()
                        || flux.namespace().equals(line.namespace()));
    }
}
