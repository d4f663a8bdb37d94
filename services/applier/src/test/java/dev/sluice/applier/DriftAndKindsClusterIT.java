package dev.sluice.applier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.Position;
import dev.sluice.events.Reason;
import dev.sluice.events.Stage;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.kustomize.Kustomization;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of drift, and of kinds that come late, on a real API server. */
class DriftAndKindsClusterIT {

    private static final ObjectMapper JSON = new ObjectMapper();

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
    void driftOfTheLastGoodStateIsUndoneWhileSomethingNewerFails() throws Exception {
        DeliveryId id = kustomization("good", "");
        bench.reveal(id, 1, configMap("good", "one"));
        bench.run(id);
        Kustomization object = bench.look("good", "app");
        bench.put(
                new DeliveryFailed(
                        id,
                        new Position(object.metadata().uid(), object.metadata().generation(), 2, 0),
                        Samples.revision("main@sha1:2"),
                        null,
                        null,
                        Stage.RENDERER,
                        Reason.BUILD_FAILED,
                        "broken",
                        null));
        bench.run(id);
        edit(id, "good", false);

        bench.run(id);

        assertThat(data("good")).isEqualTo("one");
        assertThat(condition(bench.look("good", "app"), "Ready").reason()).isEqualTo("BuildFailed");
    }

    @Test
    void aFightNamesBothManagersInTheStatus() throws Exception {
        DeliveryId id = kustomization("fight", "");
        bench.reveal(id, 1, configMap("fight", "one"));
        bench.run(id);
        edit(id, "fight", true);

        bench.run(id);

        Condition fighting = condition(bench.look("fight", "app"), "Fighting");
        assertThat(fighting.isTrue()).isTrue();
        assertThat(fighting.message())
                .contains("'someone' and 'kustomize-controller' fight over .data.key");
        assertThat(condition(bench.look("fight", "app"), "Ready").isTrue()).isTrue();
    }

    @Test
    void driftIsLeftWhereThePolicyIsToWarn() throws Exception {
        DeliveryId id =
                kustomization("warn", ", \"annotations\": {\"sluice.dev/drift\": \"warn\"}");
        bench.reveal(id, 1, configMap("warn", "one"));
        bench.run(id);
        edit(id, "warn", false);

        bench.run(id);

        assertThat(data("warn")).isEqualTo("edited");
        assertThat(bench.drift.has(id)).isFalse();
    }

    @Test
    void aKindThatIsDefinedLaterWakesWhatLackedIt() throws Exception {
        DeliveryId id = kustomization("late", "");
        bench.reveal(
                id,
                1,
                "{\"apiVersion\":\"late.example.com/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"w\",\"namespace\":\"late\"}}");
        bench.run(id);
        assertThat(condition(bench.look("late", "app"), "Ready").message())
                .contains("no matches for kind \"Widget\"");
        bench.woken.clear();

        bench.apply(
                """
                {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
                 "metadata": {"name": "widgets.late.example.com"},
                 "spec": {"group": "late.example.com", "scope": "Namespaced",
                   "names": {"plural": "widgets", "singular": "widget", "kind": "Widget", "listKind": "WidgetList"},
                   "versions": [{"name": "v1", "served": true, "storage": true,
                     "schema": {"openAPIV3Schema": {"type": "object"}}}]}}
                """);

        assertThat(bench.woken.poll(30, TimeUnit.SECONDS)).isEqualTo(id);
        bench.run(id);
        assertThat(condition(bench.look("late", "app"), "Ready").isTrue()).isTrue();
    }

    private static void edit(DeliveryId id, String namespace, boolean fighting) throws Exception {
        ObjectNode edited =
                bench.apply((ObjectNode) JSON.readTree(configMap(namespace, "edited")), "someone");
        Kustomization object = bench.look(namespace, "app");
        bench.drift.add(
                new DriftDetected(
                        id,
                        new Position(object.metadata().uid(), 1, 1, 0),
                        List.of(
                                new DriftedObject(
                                        namespace + "_a__ConfigMap",
                                        DriftedObject.How.EDITED,
                                        "someone",
                                        List.of(".data.key"),
                                        edited.at("/metadata/resourceVersion").asText(),
                                        Instant.now(),
                                        fighting ? 31 : 1,
                                        fighting))));
    }

    private static DeliveryId kustomization(String namespace, String metadata) throws Exception {
        bench.apply(
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\""
                        + namespace
                        + "\"}}");
        bench.apply(
                """
                {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                 "metadata": {"name": "app", "namespace": "%s" %s},
                 "spec": {"interval": "10m", "prune": true,
                   "sourceRef": {"kind": "GitRepository", "name": "src"}}}
                """
                        .formatted(namespace, metadata));
        return Bench.id(namespace, "app");
    }

    private static String configMap(String namespace, String value) {
        return """
        {"apiVersion": "v1", "kind": "ConfigMap",
         "metadata": {"name": "a", "namespace": "%s"}, "data": {"key": "%s"}}
        """
                .formatted(namespace, value);
    }

    private static Condition condition(Kustomization object, String type) {
        return object.status().conditions().stream()
                .filter(c -> c.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static String data(String namespace) throws Exception {
        return bench.get("v1", "ConfigMap", namespace, "a").orElseThrow().at("/data/key").asText();
    }
}
