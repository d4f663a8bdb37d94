package dev.sluice.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.LiveCluster;
import dev.sluice.kubernetes.ResourceKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ObjectWatchClusterIT {

    private static final ResourceKind MAPS =
            new ResourceKind("", "v1", "ConfigMap", "configmaps", true);
    private final String namespace = LiveCluster.namespace("watch");
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @Test
    void tellsOfSelectedObjectsAndOfTheirEndInMetadataOnly() throws Exception {
        create("before", "yes");
        create("other", "");
        try (ObjectWatch watch = watch()) {
            assertThat(watch.awaitListed(Duration.ofSeconds(30))).isTrue();
            assertNext("begin", "present before", "complete");

            create("after", "yes");
            assertNext("present after");
            LiveCluster.send(ApiRequest.delete(path() + "/before", "{}"));
            assertNext("gone before");
        }
    }

    @Test
    void goesOnAfterARestartOfTheApiServer() throws Exception {
        try (ObjectWatch watch = watch()) {
            assertThat(watch.awaitListed(Duration.ofSeconds(30))).isTrue();
            assertNext("begin", "complete");

            LiveCluster.plane().restartApiServer();
            create("late", "yes");

            assertThat(awaitOne("present late")).isTrue();
        }
    }

    @Test
    void seesAKindFromWhenItsDefinitionComes() throws Exception {
        ResourceKind gears = new ResourceKind("watch.example.com", "v1", "Gear", "gears", true);
        Selection selection = new Selection(gears, namespace, "", "", true);
        try (ObjectWatch watch =
                ObjectWatch.start(LiveCluster.cluster(), selection, new Recorder())) {
            assertThat(watch.awaitListed(Duration.ofSeconds(30))).isTrue();
            // It is asked for some times, and then no more.
            for (int i = 0; i < 5; i++) {
                assertThat(awaitOne("complete")).isTrue();
            }

            LiveCluster.send(
                    ApiRequest.post(
                            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                            """
                            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
                             "metadata": {"name": "gears.watch.example.com"},
                             "spec": {"group": "watch.example.com", "scope": "Namespaced",
                               "names": {"plural": "gears", "singular": "gear", "kind": "Gear"},
                               "versions": [{"name": "v1", "served": true, "storage": true,
                                 "schema": {"openAPIV3Schema": {"type": "object"}}}]}}
                            """));
            new ObjectWait(LiveCluster.cluster())
                    .until(
                            LiveCluster.cluster()
                                    .resource(
                                            "apiextensions.k8s.io/v1", "CustomResourceDefinition"),
                            "",
                            "gears.watch.example.com",
                            ObjectWatchClusterIT::isEstablished,
                            Duration.ofSeconds(30));
            LiveCluster.send(
                    ApiRequest.post(
                            gears.path(namespace),
                            """
                            {"apiVersion": "watch.example.com/v1", "kind": "Gear",
                             "metadata": {"name": "first"}}
                            """));

            assertThat(awaitOne("present first")).isTrue();
        }
    }

    private static boolean isEstablished(Optional<ObjectNode> definition) {
        return definition.stream()
                .flatMap(d -> d.at("/status/conditions").valueStream())
                .anyMatch(c ->
                        c.path("type").asText().equals("Established")
                                && c.path("status").asText().equals("True"));
    }

    private ObjectWatch watch() {
        Selection selection = new Selection(MAPS, namespace, "mine", "", true);
        return ObjectWatch.start(LiveCluster.cluster(), selection, new Recorder());
    }

    private void create(String name, String label) {
        String labels = label.isEmpty() ? "" : ",\"labels\":{\"mine\":\"" + label + "\"}";
        LiveCluster.send(
                ApiRequest.post(
                        path(),
                        "{\"metadata\":{\"name\":\""
                                + name
                                + "\""
                                + labels
                                + "},\"data\":{\"a\":\"b\"}}"));
    }

    private String path() {
        return "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    private void assertNext(String... expected) throws InterruptedException {
        for (String one : expected) {
            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(one);
        }
    }

    private boolean awaitOne(String wanted) throws InterruptedException {
        String next = seen.poll(30, TimeUnit.SECONDS);
        while (next != null && !next.equals(wanted)) {
            next = seen.poll(30, TimeUnit.SECONDS);
        }
        return next != null;
    }

    private final class Recorder implements Sink {

        @Override
        public void begin() {
            seen.add("begin");
        }

        @Override
        public void present(ObjectNode object) {
            assertThat(object.has("data")).isFalse();
            seen.add("present " + object.at("/metadata/name").asText());
        }

        @Override
        public void complete() {
            seen.add("complete");
        }

        @Override
        public void gone(ObjectNode object) {
            seen.add("gone " + object.at("/metadata/name").asText());
        }
    }
}
