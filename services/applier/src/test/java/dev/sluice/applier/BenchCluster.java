package dev.sluice.applier;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.crd.CustomResourceDefinitions;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real API server that serves Kustomizations, and an applier on it. */
final class BenchCluster implements AutoCloseable {

    final ControlPlane controlPlane;
    final Cluster cluster;
    final Bench bench;

    BenchCluster(Path directory) throws Exception {
        controlPlane = ControlPlane.start(directory.resolve("cp"), System.out::println);
        cluster =
                Cluster.connect(
                        Config.fromKubeconfig(Files.readString(controlPlane.kubeconfig("sluice"))));
        bench = new Bench(cluster, directory);
        define(Groups.KUSTOMIZE, "Kustomization");
    }

    /** Has one of our kinds served. */
    void define(String group, String kind) throws Exception {
        for (ObjectNode definition : CustomResourceDefinitions.all()) {
            if (definition.at("/spec/names/kind").asText().equals(kind)) {
                bench.apply(definition, "test");
            }
        }
        await().until(() -> isServed(group, kind));
    }

    private boolean isServed(String group, String kind) {
        try {
            cluster.forgetKinds(group);
            cluster.resource(group + "/v1", kind);
            return true;
        } catch (KubernetesException e) {
            return false;
        }
    }

    void namespace(String name) throws Exception {
        bench.apply(
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\""
                        + name
                        + "\"}}");
    }

    /** A Kustomization in a namespace of its own. */
    DeliveryId kustomization(String namespace, String name, String spec) throws Exception {
        namespace(namespace);
        bench.apply(
                """
                {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                 "metadata": {"name": "%s", "namespace": "%s"},
                 "spec": {"interval": "10m", "retryInterval": "5s", "prune": true,
                   "sourceRef": {"kind": "GitRepository", "name": "src"} %s}}
                """
                        .formatted(name, namespace, spec));
        return Bench.id(namespace, name);
    }

    static String configMap(String namespace, String name, String value) {
        return """
        {"apiVersion": "v1", "kind": "ConfigMap",
         "metadata": {"name": "%s", "namespace": "%s"}, "data": {"key": "%s"}}
        """
                .formatted(name, namespace, value);
    }

    /** What was said of a delivery on the topic of what is applied. */
    List<DeliveryApplied> applied(DeliveryId id) {
        return bench.applied.events(DeliveryApplied.class).stream()
                .filter(e -> e.delivery().equals(id))
                .toList();
    }

    @Override
    public void close() {
        cluster.close();
        controlPlane.close();
    }
}
