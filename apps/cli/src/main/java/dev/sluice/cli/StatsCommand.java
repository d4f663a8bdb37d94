package dev.sluice.cli;

import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.cli.flux.Table;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Counts Flux objects. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description =
                "Counts objects by kind: how many run, fail and are suspended, and what their artifacts take.")
final class StatsCommand implements Callable<Integer> {

    /** In the order of {@code flux stats}. */
    private static final List<String> KINDS =
            List.of(
                    "GitRepository",
                    "OCIRepository",
                    "HelmRepository",
                    "HelmChart",
                    "Bucket",
                    "Kustomization",
                    "HelmRelease",
                    "Alert",
                    "Provider",
                    "Receiver",
                    "ImageUpdateAutomation",
                    "ImagePolicy",
                    "ImageRepository");

    private static final long UNIT = 1024;

    @Mixin private final FluxOptions flux = new FluxOptions();

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Count the objects of all namespaces.")
    private boolean allNamespaces;

    @Override
    public Integer call() throws CommandFailure {
        return flux.with(this::count);
    }

    private int count(FluxCluster cluster) throws ClusterException {
        var table = new Table();
        table.add(List.of("RECONCILERS", "RUNNING", "FAILING", "SUSPENDED", "STORAGE"));
        for (String name : KINDS) {
            ServedKind kind = ServedKind.named(name);
            List<LiveObject> objects = objects(cluster, kind);
            table.add(row(kind, objects));
        }
        table.lines().forEach(line -> flux.print(flux.style().row(line)));
        return 0;
    }

    /** A kind that the cluster does not serve has none. */
    private List<LiveObject> objects(FluxCluster cluster, ServedKind kind) throws ClusterException {
        try {
            return cluster.list(kind, allNamespaces ? "" : flux.namespace(), "");
        } catch (ClusterException e) {
            if (e.isNotFound()) {
                return List.of();
            }
            throw e;
        }
    }

    private static List<String> row(ServedKind kind, List<LiveObject> objects) {
        long suspended = objects.stream().filter(LiveObject::isSuspended).count();
        long failing =
                objects.stream()
                        .filter(object ->
                                object.readiness().path("status").asText().equals("False"))
                        .count();
        long bytes =
                objects.stream()
                        .mapToLong(object -> object.json().at("/status/artifact/size").asLong())
                        .sum();
        return List.of(
                kind.name(),
                Long.toString(objects.size() - suspended),
                Long.toString(failing),
                Long.toString(suspended),
                bytes == 0 ? "-" : size(bytes));
    }

    /** {@code 281 B}, {@code 1.9 KiB}. */
    static String size(long bytes) {
        if (bytes < UNIT) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        while (size >= UNIT) {
            size /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", size, "KMGTPE".charAt(unit));
    }
}
