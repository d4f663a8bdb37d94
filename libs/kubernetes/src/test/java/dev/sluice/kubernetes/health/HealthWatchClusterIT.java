package dev.sluice.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.LiveCluster;
import dev.sluice.kubernetes.health.Health.State;
import dev.sluice.manifests.ObjectId;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthWatchClusterIT {

    private final String namespace = LiveCluster.namespace("health");
    private final HealthRules rules = new HealthRules(Clock.systemUTC());
    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();

    @Test
    void tellsWhenSeveralObjectsBecomeAsWanted() throws Exception {
        claim("a");
        claim("b");
        try (HealthWatch watch = watch(LiveCluster.cluster(), "a", "b")) {
            awaitState(watch, "a", State.IN_PROGRESS);

            bind("a");
            bind("b");

            awaitState(watch, "a", State.CURRENT);
            awaitState(watch, "b", State.CURRENT);
            assertThat(watch.report().healthy()).isTrue();
        }
    }

    @Test
    void tellsOfOneObjectThatComesAndGoes() throws Exception {
        try (HealthWatch watch = watch(LiveCluster.cluster(), "late")) {
            awaitState(watch, "late", State.NOT_FOUND);
            assertThat(watch.report().timeoutMessage())
                    .isEqualTo(
                            "timeout waiting for: [PersistentVolumeClaim/"
                                    + namespace
                                    + "/late status: 'NotFound']");

            claim("late");
            bind("late");
            awaitState(watch, "late", State.CURRENT);

            LiveCluster.patch(path("late"), "test", "{\"metadata\":{\"finalizers\":null}}");
            LiveCluster.send(ApiRequest.delete(path("late"), "{}"));
            awaitState(watch, "late", State.NOT_FOUND);
        }
    }

    @Test
    void readsAgainAndAgainWhereWatchingIsNotAllowed() throws Exception {
        String rules = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
        LiveCluster.send(
                ApiRequest.post(
                        rules + "/roles",
                        "{\"metadata\":{\"name\":\"r\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"persistentvolumeclaims\"],\"verbs\":[\"get\"]}]}"));
        LiveCluster.send(
                ApiRequest.post(
                        rules + "/rolebindings",
                        "{\"metadata\":{\"name\":\"r\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"r\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"reader\"}]}"));
        claim("a");
        bind("a");

        try (HealthWatch watch = watch(LiveCluster.cluster().actingAs("reader"), "a")) {
            awaitState(watch, "a", State.CURRENT);
        }
    }

    private HealthWatch watch(Cluster cluster, String... names) {
        List<HealthTarget> targets =
                Arrays.stream(names).map(n -> new HealthTarget(id(n), "v1", false)).toList();
        return HealthWatch.start(cluster, targets, rules::assess, () -> changes.add(true));
    }

    private void awaitState(HealthWatch watch, String name, State state) throws Exception {
        while (watch.report().objects().get(id(name)).state() != state) {
            assertThat(changes.poll(30, TimeUnit.SECONDS))
                    .as("a change of %s to %s", name, state)
                    .isNotNull();
        }
    }

    private ObjectId id(String name) {
        return new ObjectId("", "PersistentVolumeClaim", namespace, name);
    }

    private void claim(String name) {
        LiveCluster.send(
                ApiRequest.post(
                        "/api/v1/namespaces/" + namespace + "/persistentvolumeclaims",
                        "{\"metadata\":{\"name\":\""
                                + name
                                + "\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}"));
    }

    private void bind(String name) {
        LiveCluster.patch(path(name) + "/status", "test", "{\"status\":{\"phase\":\"Bound\"}}");
    }

    private String path(String name) {
        return "/api/v1/namespaces/" + namespace + "/persistentvolumeclaims/" + name;
    }
}
