package dev.sluice.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.testkit.cluster.ControlPlane;
import dev.sluice.testkit.cluster.ControlPlaneException;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The API server that the tests of this module share; each test has namespaces of its own. */
public final class LiveCluster {

    public static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final class Shared {
        static final ControlPlane PLANE = start();
        static final Cluster CLUSTER =
                Cluster.connect(Config.fromKubeconfig(PLANE.kubeconfig("admin").toFile()));

        private static ControlPlane start() {
            try {
                Path directory = Files.createTempDirectory("sluice-test-");
                ControlPlane plane = ControlPlane.start(directory, System.err::println);
                Runtime.getRuntime().addShutdownHook(new Thread(plane::close));
                return plane.withControllers();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ControlPlaneException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    private LiveCluster() {}

    public static Cluster cluster() {
        return Shared.CLUSTER;
    }

    public static ControlPlane plane() {
        return Shared.PLANE;
    }

    /** A new namespace. */
    public static String namespace(String topic) {
        String name = topic + '-' + COUNT.incrementAndGet();
        send(ApiRequest.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}"));
        return name;
    }

    public static ObjectNode send(ApiRequest request) {
        try {
            return cluster().send(request).object();
        } catch (KubernetesException e) {
            throw new IllegalStateException(request.method() + " " + request.path(), e);
        }
    }

    /** Changes an object as someone with that field manager. */
    public static ObjectNode patch(String path, String manager, String patch) {
        String query = (path.contains("?") ? "&" : "?") + "fieldManager=" + manager;
        return send(ApiRequest.patch(path + query, ApiRequest.MERGE_PATCH, patch));
    }

    /** The object at a path, or an empty tree where there is none. */
    public static ObjectNode read(String path) {
        try {
            return cluster().send(ApiRequest.get(path)).object();
        } catch (KubernetesException e) {
            if (e.is(KubernetesFailure.Sort.NOT_FOUND)) {
                return JSON.createObjectNode();
            }
            throw new IllegalStateException(e);
        }
    }

    public static ObjectNode tree(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static KubernetesObject object(String json) {
        try {
            return KubernetesObject.of(tree(json));
        } catch (InvalidObjectException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A ConfigMap with one entry {@code v}. */
    public static KubernetesObject map(String namespace, String name, String value) {
        return object(
                """
                {"apiVersion": "v1", "kind": "ConfigMap", "data": {"v": "%s"},
                 "metadata": {"namespace": "%s", "name": "%s"}}
                """
                        .formatted(value, namespace, name));
    }
}
