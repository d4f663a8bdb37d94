package dev.sluice.applier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryWaiting;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.Reason;
import dev.sluice.events.WindowOverridden;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.windows.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance windows on a real API server. */
class WindowsClusterIT {

    /** Opens on a day that no year has but a leap year. */
    private static final String CLOSED = "0 0 29 2 * 1m";

    @TempDir static Path directory;
    private static BenchCluster cluster;
    private static Bench bench;

    @BeforeAll
    static void start() throws Exception {
        cluster = new BenchCluster(directory);
        bench = cluster.bench;
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aChangeWaitsIsToldWithWhatItWouldDoAndIsAppliedWhenTheWindowGoes() throws Exception {
        DeliveryId id = kustomization("waits", Map.of("sluice.dev/window", CLOSED));
        bench.reveal(id, 1, configMap("waits", "a", "one"), configMap("waits", "b", "one"));

        bench.run(id);
        bench.run(id);

        Kustomization waiting = bench.look("waits", "app");
        assertThat(waiting.status().conditions())
                .singleElement()
                .satisfies(ready -> {
                    assertThat(ready.status().name()).isEqualTo("Unknown");
                    assertThat(ready.reason()).isEqualTo("AwaitingWindow");
                    assertThat(ready.message())
                            .contains("main@sha1:1")
                            .contains("2 to be created")
                            .contains("-02-29T00:00:00Z");
                });
        assertThat(bench.get("v1", "ConfigMap", "waits", "a")).isEmpty();
        assertThat(waits(id)).isEqualTo(1);
        assertThat(bench.announcements.events(ObjectAnnounced.class))
                .anyMatch(said ->
                        said.reason().equals("AwaitingWindow")
                                && said.message().contains("ConfigMap/waits/a created"));

        kustomization("waits", Map.of());
        bench.run(id);

        assertThat(bench.look("waits", "app").status().lastAppliedRevision())
                .isEqualTo("main@sha1:1");
        assertThat(bench.get("v1", "ConfigMap", "waits", "a")).isPresent();
    }

    @Test
    void aRevisionThatChangesNothingDoesNotWaitAndARestartTellsNothingTwice() throws Exception {
        DeliveryId id = kustomization("moves", Map.of());
        bench.reveal(id, 1, configMap("moves", "a", "one"));
        bench.run(id);
        kustomization("moves", Map.of("sluice.dev/window", CLOSED));

        bench.reveal(id, 2, configMap("moves", "a", "one"));
        bench.run(id);
        assertThat(bench.look("moves", "app").status().lastAppliedRevision())
                .isEqualTo("main@sha1:2");

        bench.reveal(id, 3, configMap("moves", "a", "three"));
        bench.run(id);
        String told = bench.look("moves", "app").metadata().resourceVersion();
        bench.restart();
        bench.run(id);

        assertThat(bench.look("moves", "app").metadata().resourceVersion()).isEqualTo(told);
        assertThat(waits(id)).isEqualTo(1);
        assertThat(bench.look("moves", "app").status().conditions().getFirst().message())
                .contains("1 to be configured");
    }

    @Test
    void anUrgentChangeGoesThroughAndTheAuditSaysSo() throws Exception {
        DeliveryId id =
                kustomization(
                        "urgent",
                        Map.of("sluice.dev/window", CLOSED, "sluice.dev/urgent", "main@sha1:1"));
        bench.reveal(id, 1, configMap("urgent", "a", "one"));

        bench.run(id);
        bench.run(id);

        assertThat(bench.get("v1", "ConfigMap", "urgent", "a")).isPresent();
        assertThat(bench.audit.events(WindowOverridden.class))
                .filteredOn(e -> e.delivery().equals(id))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.by()).isEqualTo("annotation");
                    assertThat(e.source().revision()).isEqualTo("main@sha1:1");
                    assertThat(e.opens()).isNotNull();
                });

        bench.reveal(id, 2, configMap("urgent", "a", "two"));
        bench.run(id);
        assertThat(bench.look("urgent", "app").status().conditions().getFirst().reason())
                .isEqualTo("AwaitingWindow");
    }

    @Test
    void windowsOfAKindThatComesLateAreFollowed() throws Exception {
        AtomicInteger changes = new AtomicInteger();
        Metadata delivery =
                new Metadata("app", "late", "u", "1", 1, Map.of(), Map.of(), List.of(), null, null);
        try (WindowWatch watch =
                new WindowWatch(cluster.cluster, bench.windows, changes::incrementAndGet)) {
            watch.start();
            cluster.define("sluice.dev", "MaintenanceWindow");
            cluster.namespace("late");
            bench.apply(
                    """
                    {"apiVersion": "sluice.dev/v1", "kind": "MaintenanceWindow",
                     "metadata": {"name": "leap", "namespace": "late"},
                     "spec": {"schedule": "0 0 29 2 *", "duration": "1h"}}
                    """);

            await().untilAsserted(() ->
                    assertThat(bench.windows.of(delivery, Instant.now()))
                            .isInstanceOf(Verdict.Closed.class));
            bench.delete("sluice.dev/v1", "MaintenanceWindow", "late", "leap");
            await().untilAsserted(() ->
                    assertThat(bench.windows.of(delivery, Instant.now()))
                            .isInstanceOf(Verdict.Open.class));
        }
        assertThat(changes).hasValueGreaterThanOrEqualTo(2);
    }

    private static long waits(DeliveryId id) {
        return bench.outcomes.events(DeliveryWaiting.class).stream()
                .filter(e -> e.delivery().equals(id) && e.reason() == Reason.AWAITING_WINDOW)
                .count();
    }

    private static DeliveryId kustomization(String namespace, Map<String, String> annotations)
            throws Exception {
        cluster.namespace(namespace);
        StringBuilder text = new StringBuilder();
        annotations.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : ", ")
                        .append('"' + name + "\": \"" + value + '"'));
        bench.apply(
                """
                {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                 "metadata": {"name": "app", "namespace": "%s", "annotations": {%s}},
                 "spec": {"interval": "10m", "retryInterval": "5s", "prune": true,
                   "sourceRef": {"kind": "GitRepository", "name": "src"}}}
                """
                        .formatted(namespace, text));
        return Bench.id(namespace, "app");
    }

    private static String configMap(String namespace, String name, String value) {
        return """
        {"apiVersion": "v1", "kind": "ConfigMap",
         "metadata": {"name": "%s", "namespace": "%s"}, "data": {"key": "%s"}}
        """
                .formatted(name, namespace, value);
    }
}
