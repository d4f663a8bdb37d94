package dev.sluice.standalone.bench;

import dev.sluice.testkit.git.GitHttpServer;
import dev.sluice.testkit.git.SampleRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A repository with so many apps of four objects each, and the pushes that change them. */
final class BenchFleet implements AutoCloseable {

    static final String NAMESPACE = "sluice-bench";
    static final int OBJECTS = 4;

    private static final String REPOSITORY = "bench";

    private final SampleRepository repository;
    private final String url;
    private final int size;
    private int version;
    private Push latest = new Push("", "");

    private BenchFleet(SampleRepository repository, String url, int size) {
        this.repository = repository;
        this.url = url;
        this.size = size;
    }

    static BenchFleet publish(Path directory, GitHttpServer git, int size) throws IOException {
        BenchFleet fleet =
                new BenchFleet(
                        SampleRepository.in(directory, REPOSITORY), git.url(REPOSITORY), size);
        fleet.push("All apps", 0, size);
        return fleet;
    }

    Push latest() {
        return latest;
    }

    int size() {
        return size;
    }

    Push changeOne(int app) throws IOException {
        return push("One app", app, app + 1);
    }

    Push changeAll() throws IOException {
        return push("Every app", 0, size);
    }

    /**
     * What was pushed.
     *
     * @param image that the changed apps have now
     */
    record Push(String commit, String image) {}

    private Push push(String message, int from, int to) throws IOException {
        version++;
        Map<String, @Nullable String> files = new HashMap<>();
        for (int i = from; i < to; i++) {
            files.put("apps/" + name(i) + "/app.yaml", objects(name(i), version));
        }
        latest = new Push(repository.commit(message, files), image(version));
        return latest;
    }

    static String name(int app) {
        return "app-%04d".formatted(app);
    }

    static String image(int version) {
        return "registry.invalid/bench:" + version;
    }

    String source() {
        return """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: {name: bench, namespace: %s}
        spec: {interval: 1h, url: "%s", ref: {branch: main}}
        """
                .formatted(NAMESPACE, url);
    }

    String kustomizations() {
        StringBuilder all = new StringBuilder();
        IntStream.range(0, size)
                .forEach(i ->
                        all.append(
                                """
                                ---
                                apiVersion: kustomize.toolkit.fluxcd.io/v1
                                kind: Kustomization
                                metadata: {name: %1$s, namespace: %2$s}
                                spec:
                                  interval: 1h
                                  path: ./apps/%1$s
                                  prune: true
                                  targetNamespace: %2$s
                                  sourceRef: {kind: GitRepository, name: bench}
                                """
                                        .formatted(name(i), NAMESPACE)));
        return all.toString();
    }

    /** No replicas: what a kubelet would cost is no part of it. */
    private static String objects(String name, int version) {
        return """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %1$s}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %1$s}
        data: {version: "%2$d"}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s}
        spec:
          selector: {app: %1$s}
          ports: [{name: http, port: 80, targetPort: http}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s}
        spec:
          replicas: 0
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              serviceAccountName: %1$s
              containers:
                - name: app
                  image: %3$s
                  ports: [{name: http, containerPort: 8080}]
        """
                .formatted(name, version, image(version));
    }

    @Override
    public void close() {
        repository.close();
    }
}
