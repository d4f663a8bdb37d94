package dev.sluice.applier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryDeleted;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.ObjectChange;
import dev.sluice.fluxapi.kustomize.Kustomization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries on a real API server, revealed by hand. */
class ApplyClusterIT {

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
    void appliesPrunesAndTellsTheStatusAsFluxDoes() throws Exception {
        DeliveryId id = cluster.kustomization("road", "app", "");
        bench.reveal(
                id,
                1,
                BenchCluster.configMap("road", "a", "one"),
                BenchCluster.configMap("road", "b", "one"));

        bench.run(id);

        Kustomization first = bench.look("road", "app");
        assertThat(first.metadata().finalizers()).containsExactly("finalizers.fluxcd.io");
        assertThat(first.status().conditions()).extracting("type").containsExactly("Ready");
        assertThat(first.status().lastAppliedRevision()).isEqualTo("main@sha1:1");
        assertThat(first.status().inventory().entries())
                .extracting("id")
                .containsExactly("road_a__ConfigMap", "road_b__ConfigMap");
        assertThat(data("road", "a")).isEqualTo("one");

        bench.reveal(id, 2, BenchCluster.configMap("road", "a", "two"));
        bench.run(id);

        Kustomization second = bench.look("road", "app");
        assertThat(second.status().inventory().entries())
                .extracting("id")
                .containsExactly("road_a__ConfigMap");
        assertThat(second.status().history()).hasSize(2);
        assertThat(data("road", "a")).isEqualTo("two");
        assertThat(bench.get("v1", "ConfigMap", "road", "b")).isEmpty();
        assertThat(cluster.applied(id).getLast().changes())
                .containsExactly(
                        new ObjectChange("ConfigMap/road/a", ObjectChange.Action.CONFIGURED),
                        new ObjectChange("ConfigMap/road/b", ObjectChange.Action.DELETED));
    }

    @Test
    void aRevisionWithTheSameContentOnlyMovesTheStatus() throws Exception {
        DeliveryId id = cluster.kustomization("move", "app", "");
        bench.reveal(id, 1, BenchCluster.configMap("move", "a", "one"));
        bench.run(id);
        String before = version("move", "a");

        bench.reveal(id, 2, BenchCluster.configMap("move", "a", "one"));
        bench.run(id);

        assertThat(version("move", "a")).isEqualTo(before);
        assertThat(bench.look("move", "app").status().lastAppliedRevision())
                .isEqualTo("main@sha1:2");
        assertThat(cluster.applied(id).getLast().changes()).isEmpty();
    }

    @Test
    void aRestartFindsTheWorkDone() throws Exception {
        DeliveryId id = cluster.kustomization("again", "app", "");
        bench.reveal(id, 1, BenchCluster.configMap("again", "a", "one"));
        bench.run(id);
        String before = bench.look("again", "app").metadata().resourceVersion();
        int events = bench.outcomes.events().size();

        bench.restart();
        bench.run(id);

        assertThat(bench.look("again", "app").metadata().resourceVersion()).isEqualTo(before);
        assertThat(bench.outcomes.events()).hasSize(events);
    }

    @Test
    void aHalfFailedApplyForgetsNothing() throws Exception {
        DeliveryId id = cluster.kustomization("half", "app", "");
        String role =
                "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"ClusterRole\",\"metadata\":{\"name\":\"half-made\"},\"rules\":[]}";
        bench.reveal(
                id,
                1,
                role,
                "{\"apiVersion\":\"nowhere.example.com/v1\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"x\",\"namespace\":\"half\"}}");
        bench.run(id);

        Kustomization failed = bench.look("half", "app");
        assertThat(failed.status().conditions())
                .extracting("reason")
                .containsExactly("ReconciliationFailed", "ProgressingWithRetry");
        assertThat(failed.status().inventory()).isNull();
        assertThat(bench.outcomes.events(DeliveryFailed.class).getLast().delivery()).isEqualTo(id);

        bench.restart();
        bench.reveal(id, 2, BenchCluster.configMap("half", "a", "one"));
        bench.run(id);

        assertThat(bench.get("rbac.authorization.k8s.io/v1", "ClusterRole", "", "half-made"))
                .isEmpty();
        assertThat(bench.look("half", "app").status().conditions())
                .extracting("reason")
                .containsExactly("ReconciliationSucceeded");
    }

    @Test
    void deletionPrunesAndLetsTheObjectGo() throws Exception {
        DeliveryId id = cluster.kustomization("gone", "app", "");
        bench.reveal(id, 1, BenchCluster.configMap("gone", "a", "one"));
        bench.run(id);

        bench.delete(Statuses.API_VERSION, "Kustomization", "gone", "app");
        bench.look("gone", "app");
        bench.run(id);

        assertThat(bench.look("gone", "app")).isNull();
        assertThat(bench.get("v1", "ConfigMap", "gone", "a")).isEmpty();
        assertThat(bench.applied.events(DeliveryDeleted.class)).extracting("delivery").contains(id);
    }

    @Test
    void aSuspendedOneLeavesItsObjectsWhenItIsDeleted() throws Exception {
        DeliveryId id = cluster.kustomization("left", "app", "");
        bench.reveal(id, 1, BenchCluster.configMap("left", "a", "one"));
        bench.run(id);

        cluster.kustomization("left", "app", ", \"suspend\": true");
        bench.delete(Statuses.API_VERSION, "Kustomization", "left", "app");
        bench.look("left", "app");
        bench.run(id);

        assertThat(bench.look("left", "app")).isNull();
        assertThat(data("left", "a")).isEqualTo("one");
    }

    @Test
    void driftIsUndoneAndNothingElseTouched() throws Exception {
        DeliveryId id = cluster.kustomization("drift", "app", "");
        bench.reveal(
                id,
                1,
                BenchCluster.configMap("drift", "a", "one"),
                BenchCluster.configMap("drift", "b", "one"));
        bench.run(id);
        String untouched = version("drift", "b");
        ObjectNode edited =
                bench.apply(
                        (ObjectNode)
                                new ObjectMapper()
                                        .readTree(BenchCluster.configMap("drift", "a", "edited")),
                        "someone");

        bench.drift.add(
                new DriftDetected(
                        id,
                        cluster.applied(id).getLast().position(),
                        List.of(
                                new DriftedObject(
                                        "drift_a__ConfigMap",
                                        DriftedObject.How.EDITED,
                                        "someone",
                                        List.of(".data.key"),
                                        edited.at("/metadata/resourceVersion").asText(),
                                        Instant.now(),
                                        1,
                                        false))));
        bench.run(id);

        assertThat(data("drift", "a")).isEqualTo("one");
        assertThat(version("drift", "b")).isEqualTo(untouched);
        assertThat(cluster.applied(id).getLast().changes())
                .containsExactly(
                        new ObjectChange("ConfigMap/drift/a", ObjectChange.Action.CONFIGURED));
    }

    @Test
    void aDeletionOfMostOfItIsHeldUntilItIsConfirmed() throws Exception {
        DeliveryId id = cluster.kustomization("held", "app", "");
        String[] all = {
            BenchCluster.configMap("held", "a", "1"),
            BenchCluster.configMap("held", "b", "1"),
            BenchCluster.configMap("held", "c", "1"),
            BenchCluster.configMap("held", "d", "1")
        };
        bench.reveal(id, 1, all);
        bench.run(id);
        bench.reveal(id, 2, BenchCluster.configMap("held", "a", "2"));
        bench.run(id);

        Kustomization held = bench.look("held", "app");
        assertThat(reasons(held)).contains("PruneHeld");
        assertThat(held.status().inventory().entries()).hasSize(4);
        assertThat(data("held", "a")).isEqualTo("2");
        assertThat(data("held", "d")).isEqualTo("1");

        bench.restart();
        bench.apply(
                """
                {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                 "metadata": {"name": "app", "namespace": "held",
                   "annotations": {"sluice.dev/confirm-prune": "main@sha1:2"}},
                 "spec": {"interval": "10m", "retryInterval": "5s", "prune": true,
                   "sourceRef": {"kind": "GitRepository", "name": "src"}}}
                """);
        bench.run(id);

        assertThat(reasons(bench.look("held", "app"))).containsExactly("ReconciliationSucceeded");
        assertThat(bench.get("v1", "ConfigMap", "held", "d")).isEmpty();
    }

    @Test
    void healthIsWaitedForAndTold() throws Exception {
        DeliveryId id = cluster.kustomization("health", "app", ", \"wait\": true");
        bench.reveal(id, 1, deployment("health"), BenchCluster.configMap("health", "a", "one"));

        Kustomization waiting = bench.runUntil(id, k -> reasons(k).contains("Progressing"));

        assertThat(waiting.status().conditions())
                .extracting("type")
                .containsExactly("Ready", "Reconciling", "Healthy");
        assertThat(waiting.status().lastAppliedRevision()).isNull();

        bench.patchStatus("apps/v1", "Deployment", "health", "web", ROLLED_OUT);
        Kustomization ready =
                bench.runUntil(id, k -> reasons(k).contains("ReconciliationSucceeded"));

        assertThat(reasons(ready)).containsExactly("ReconciliationSucceeded", "Succeeded");
        assertThat(ready.status().lastAppliedRevision()).isEqualTo("main@sha1:1");
    }

    @Test
    void aStalledRolloutFailsAtOnceAndANewRevisionTakesOver() throws Exception {
        DeliveryId id =
                cluster.kustomization(
                        "stalled",
                        "app",
                        ", \"healthChecks\": [{\"kind\": \"Deployment\", \"name\": \"web\"}]");
        bench.reveal(id, 1, deployment("stalled"));
        bench.run(id);
        bench.patchStatus(
                "apps/v1",
                "Deployment",
                "stalled",
                "web",
                "{\"observedGeneration\": 1, \"conditions\": [{\"type\": \"Progressing\", \"status\": \"False\", \"reason\": \"ProgressDeadlineExceeded\", \"message\": \"x\"}]}");

        Kustomization failed = bench.runUntil(id, k -> reasons(k).contains("HealthCheckFailed"));

        assertThat(failed.status().conditions().getFirst().message())
                .contains("failed early due to stalled resources")
                .contains("Deployment/stalled/web status: 'Failed'");
        assertThat(failed.status().inventory().entries()).hasSize(1);

        bench.patchStatus("apps/v1", "Deployment", "stalled", "web", ROLLED_OUT);
        bench.reveal(id, 2, deployment("stalled"), BenchCluster.configMap("stalled", "a", "one"));
        Kustomization ready =
                bench.runUntil(id, k -> reasons(k).contains("ReconciliationSucceeded"));

        assertThat(ready.status().history())
                .extracting("lastReconciledStatus")
                .contains("HealthCheckFailed", "ReconciliationSucceeded");
    }

    @Test
    void aRequestAppliesEverythingAgainAndIsAnswered() throws Exception {
        DeliveryId id = cluster.kustomization("asked", "app", "");
        bench.reveal(
                id,
                1,
                BenchCluster.configMap("asked", "a", "one"),
                BenchCluster.configMap("asked", "b", "one"));
        bench.run(id);
        String untouched = version("asked", "b");
        bench.delete("v1", "ConfigMap", "asked", "a");
        bench.apply(
                """
                {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                 "metadata": {"name": "app", "namespace": "asked",
                   "annotations": {"reconcile.fluxcd.io/requestedAt": "please"}},
                 "spec": {"interval": "10m", "retryInterval": "5s", "prune": true,
                   "sourceRef": {"kind": "GitRepository", "name": "src"}}}
                """);

        bench.run(id);
        assertThat(bench.get("v1", "ConfigMap", "asked", "a")).isEmpty();
        bench.reveal(
                id,
                1,
                BenchCluster.configMap("asked", "a", "one"),
                BenchCluster.configMap("asked", "b", "one"));
        bench.run(id);

        assertThat(data("asked", "a")).isEqualTo("one");
        assertThat(version("asked", "b")).isEqualTo(untouched);
        assertThat(bench.look("asked", "app").status().lastHandledReconcileAt())
                .isEqualTo("please");
    }

    @Test
    void appliesInTheNameOfTheServiceAccount() throws Exception {
        DeliveryId id =
                cluster.kustomization("rights", "app", ", \"serviceAccountName\": \"deployer\"");
        bench.reveal(id, 1, BenchCluster.configMap("rights", "a", "one"));

        bench.run(id);

        assertThat(bench.get("v1", "ConfigMap", "rights", "a")).isEmpty();
        assertThat(bench.look("rights", "app").status().conditions().getFirst().message())
                .contains("system:serviceaccount:rights:deployer");
    }

    @Test
    void appliesThroughTheKubeconfigOfASecret() throws Exception {
        DeliveryId id =
                cluster.kustomization(
                        "remote",
                        "app",
                        ", \"kubeConfig\": {\"secretRef\": {\"name\": \"there\"}}");
        bench.reveal(id, 1, BenchCluster.configMap("remote", "a", "one"));
        bench.run(id);
        assertThat(reasons(bench.look("remote", "app")))
                .containsExactly("ReconciliationFailed", "ProgressingWithRetry");

        ObjectNode secret = new ObjectMapper().createObjectNode();
        secret.put("apiVersion", "v1").put("kind", "Secret");
        secret.putObject("metadata").put("name", "there").put("namespace", "remote");
        secret.putObject("stringData")
                .put("value", Files.readString(cluster.controlPlane.kubeconfig("admin")));
        bench.apply(secret, "test");
        bench.reveal(id, 2, BenchCluster.configMap("remote", "a", "two"));
        bench.run(id);

        assertThat(data("remote", "a")).isEqualTo("two");
        assertThat(reasons(bench.look("remote", "app"))).containsExactly("ReconciliationSucceeded");
    }

    private static final String ROLLED_OUT =
            """
            {"observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "readyReplicas": 1, "availableReplicas": 1,
             "conditions": [{"type": "Available", "status": "True", "reason": "x", "message": "x"},
               {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable", "message": "x"}]}
            """;

    private static List<String> reasons(Kustomization object) {
        return object.status() == null
                ? List.of()
                : object.status().conditions().stream().map(c -> c.reason()).toList();
    }

    private static String deployment(String namespace) {
        return """
        {"apiVersion": "apps/v1", "kind": "Deployment",
         "metadata": {"name": "web", "namespace": "%s"},
         "spec": {"selector": {"matchLabels": {"app": "web"}},
           "template": {"metadata": {"labels": {"app": "web"}},
             "spec": {"containers": [{"name": "main", "image": "example.com/web:1"}]}}}}
        """
                .formatted(namespace);
    }

    private static String data(String namespace, String name) throws Exception {
        return bench.get("v1", "ConfigMap", namespace, name).orElseThrow().at("/data/key").asText();
    }

    private static String version(String namespace, String name) throws Exception {
        return bench.get("v1", "ConfigMap", namespace, name)
                .orElseThrow()
                .at("/metadata/resourceVersion")
                .asText();
    }
}
