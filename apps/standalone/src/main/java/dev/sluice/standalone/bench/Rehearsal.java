package dev.sluice.standalone.bench;

import dev.sluice.standalone.demo.ChartShelf;
import dev.sluice.standalone.demo.ShowException;
import dev.sluice.standalone.rehearsal.RehearsalCluster;
import dev.sluice.testkit.git.GitHttpServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A small fleet that is installed, changed and edited on a cluster in memory, and some releases:
 * what a pipeline usually does, often enough that the compiler sees what matters.
 */
public final class Rehearsal {

    private static final int DELIVERIES = 60;
    private static final int RELEASES = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TEMPLATE =
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: {{ .Release.Name }}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: {{ .Release.Name }}}
            spec: {selector: {app: {{ .Release.Name }}}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: {{ .Release.Name }}}
            spec:
              selector: {matchLabels: {app: {{ .Release.Name }}}}
              template:
                metadata: {labels: {app: {{ .Release.Name }}}}
                spec: {containers: [{name: app, image: "registry.invalid/app:{{ .Values.version }}"}]}
            """;
    private static final String HELM = "helm.toolkit.fluxcd.io/v2";

    private final RehearsalCluster cluster;
    private final Path directory;

    /**
     * @param directory for what it keeps while it runs
     */
    public Rehearsal(RehearsalCluster cluster, Path directory) {
        this.cluster = cluster;
        this.directory = directory;
    }

    /** Returns when all is done; what does not come within its time is left out. */
    public void run() throws IOException, ShowException, InterruptedException {
        Path repositories = Files.createDirectories(directory.resolve("git"));
        try (GitHttpServer git = GitHttpServer.start(repositories, GitHttpServer.Options.open());
                BenchFleet fleet = BenchFleet.publish(repositories, git, DELIVERIES);
                ChartShelf shelf = ChartShelf.of(charts());
                KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(cluster.access()).build()) {
            try (ClusterEye eye = new ClusterEye(client)) {
                new Scenario(client, eye, fleet, new StageTimes(), PATIENCE, _ -> {})
                        .run(Duration.ZERO);
            }
            release(client, shelf);
        } catch (TimeoutException e) {
            System.err.println("the rehearsal ends early: " + e.getMessage());
        }
    }

    private Path charts() throws IOException {
        Path charts = directory.resolve("charts");
        Path chart = charts.resolve("app");
        Files.createDirectories(chart.resolve("templates"));
        Files.writeString(
                chart.resolve("Chart.yaml"), "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        Files.writeString(chart.resolve("values.yaml"), "version: 1\n");
        Files.writeString(chart.resolve("templates/app.yaml"), TEMPLATE);
        return charts;
    }

    private static void release(KubernetesClient client, ChartShelf shelf) {
        Scenario.create(
                client,
                """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: HelmRepository
                metadata: {name: charts, namespace: %s}
                spec: {interval: 1h, url: "%s"}
                """
                        .formatted(BenchFleet.NAMESPACE, shelf.url()));
        for (int i = 0; i < RELEASES; i++) {
            Scenario.create(
                    client,
                    """
                    apiVersion: helm.toolkit.fluxcd.io/v2
                    kind: HelmRelease
                    metadata: {name: release-%d, namespace: %s}
                    spec:
                      interval: 1h
                      chart: {spec: {chart: app, sourceRef: {kind: HelmRepository, name: charts}}}
                      install: {disableWait: true}
                    """
                            .formatted(i, BenchFleet.NAMESPACE));
        }
        client.genericKubernetesResources(HELM, "HelmRelease")
                .inNamespace(BenchFleet.NAMESPACE)
                .informOnCondition(
                        all -> all.stream().filter(Rehearsal::isSettled).count() >= RELEASES)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .handle((_, _) -> true)
                .join();
    }

    private static boolean isSettled(GenericKubernetesResource release) {
        List<Map<String, Object>> conditions = release.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(c ->
                                "Ready".equals(c.get("type"))
                                        && !"Unknown".equals(c.get("status"))
                                        && !"SourceNotReady".equals(c.get("reason")));
    }
}
