package dev.sluice.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.cli.flux.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** What each cluster runs of each app, as the cluster itself says. */
public final class FleetStatus {

    private static final List<String> KINDS = List.of("Kustomization", "HelmRelease");

    /** How a cluster is reached. */
    public interface Connect {
        ClusterClient open() throws ClusterException;
    }

    /**
     * One app on one cluster, or one line about a cluster that does not answer.
     *
     * @param ready {@code True}, {@code False} or {@code Unknown}
     * @param since how long it is so
     */
    public record Row(
            String cluster,
            String app,
            String revision,
            String path,
            String ready,
            String since,
            String message) {

        public boolean isReady() {
            return ready.equals("True");
        }
    }

    private final Clock clock;

    public FleetStatus(Clock clock) {
        this.clock = clock;
    }

    /** The apps of a cluster; never empty, so that silence is not taken for health. */
    public List<Row> of(String cluster, Connect connect) {
        List<Row> rows = new ArrayList<>();
        try (ClusterClient client = connect.open()) {
            FluxCluster flux = new FluxCluster(client);
            for (String kind : KINDS) {
                for (LiveObject object : flux.list(ServedKind.named(kind), "", "")) {
                    rows.add(row(cluster, object));
                }
            }
        } catch (ClusterException e) {
            return List.of(
                    new Row(cluster, "?", "", "", "Unknown", "", String.valueOf(e.getMessage())));
        }
        return rows.isEmpty()
                ? List.of(new Row(cluster, "?", "", "", "Unknown", "", "nothing is delivered here"))
                : rows;
    }

    private Row row(String cluster, LiveObject object) {
        JsonNode spec = object.json().path("spec");
        String path =
                object.kind().name().equals("HelmRelease")
                        ? spec.at("/chart/spec/chart").asText()
                        : spec.path("path").asText();
        return new Row(
                cluster,
                object.namespace() + '/' + object.name(),
                LiveObject.shortened(object.revision()),
                path,
                object.isSuspended() ? "Suspended" : object.ready(),
                since(object),
                LiveObject.shortened(object.message()));
    }

    private String since(LiveObject object) {
        for (JsonNode condition : object.json().at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                try {
                    Instant at = Instant.parse(condition.path("lastTransitionTime").asText());
                    return age(Duration.between(at, clock.instant()));
                } catch (DateTimeParseException e) {
                    return "";
                }
            }
        }
        return "";
    }

    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
    }

    /** The rows with a head. */
    public List<String> table(List<Row> rows) {
        Table table = new Table();
        table.add(List.of("CLUSTER", "APP", "REVISION", "PATH", "READY", "SINCE", "MESSAGE"));
        rows.forEach(row ->
                table.add(
                        List.of(
                                row.cluster,
                                row.app,
                                row.revision,
                                row.path,
                                row.ready,
                                row.since,
                                row.message)));
        return table.lines();
    }
}
