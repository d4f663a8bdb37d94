package dev.sluice.cli;

import dev.sluice.cli.audit.HistoryFilter;
import dev.sluice.events.DeliveryId;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the deliveries that the log knows. */
final class DeliveryOptions {

    @Option(names = "--cluster", paramLabel = "NAME", description = "On this cluster.")
    private @Nullable String cluster;

    @Option(
            names = "--delivery",
            paramLabel = "NAME",
            description = "This delivery: name, namespace/name or Kind/namespace/name.")
    private @Nullable String delivery;

    Predicate<DeliveryId> wanted() {
        return wanted(cluster, delivery);
    }

    /** Null where any will do. */
    static Predicate<DeliveryId> wanted(@Nullable String cluster, @Nullable String delivery) {
        return id ->
                (cluster == null || cluster.equals(id.cluster()))
                        && (delivery == null || HistoryFilter.isKey(id.toString(), delivery));
    }
}
