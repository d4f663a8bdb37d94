package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testkit.cluster.ControlPlane;
import dev.sluice.testkit.git.GitHttpServer;
import dev.sluice.testkit.git.SampleRepository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A real API server with the Flux kinds, a real Git server, and as many sluice processes as a test
 * starts, all gone at the end.
 */
final class Rig implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/v1";
    static final String SOURCE = "source.toolkit.fluxcd.io/v1";

    final Path directory;
    final ControlPlane controlPlane;
    final KubernetesClient client;
    final GitHttpServer git;
    private final List<SluiceProcess> pipelines = new ArrayList<>();

    Rig() {
        try {
            directory = Files.createTempDirectory("sluice-e2e");
            controlPlane =
                    ControlPlane.start(directory.resolve("control-plane"), System.out::println)
                            .withControllers();
            client =
                    new KubernetesClientBuilder()
                            .withConfig(
                                    Config.fromKubeconfig(
                                            controlPlane.kubeconfig("admin").toFile()))
                            .build();
            git =
                    GitHttpServer.start(
                            Files.createDirectories(directory.resolve("git")),
                            GitHttpServer.Options.open());
            SluiceProcess install =
                    SluiceProcess.start(
                            "install", "--kubeconfig", controlPlane.kubeconfig("admin").toString());
            assertThat(install.await(120)).as(() -> String.join("\n", install.output())).isZero();
            namespace("flux-system");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the pipeline; one data directory for all starts of a test. */
    SluiceProcess up(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--kubeconfig",
                                controlPlane.kubeconfig("sluice").toString(),
                                "--data",
                                directory.resolve("data").toString(),
                                "--port",
                                "0"));
        arguments.addAll(List.of(more));
        SluiceProcess pipeline = SluiceProcess.start(arguments.toArray(String[]::new));
        pipelines.add(pipeline);
        return pipeline.awaitReady();
    }

    /** Creates objects from YAML, or brings them to it. */
    void load(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    String namespace(String name) {
        client.namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .build())
                .serverSideApply();
        return name;
    }

    SampleRepository repository(String name) {
        try {
            return SampleRepository.in(directory.resolve("git"), name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void gitRepository(String namespace, String name, String repository) {
        apply(
                SOURCE,
                "GitRepository",
                namespace,
                name,
                Map.of(
                        "interval",
                        "10m",
                        "url",
                        git.url(repository),
                        "ref",
                        Map.of("branch", "main")));
    }

    void kustomization(String namespace, String name, String path, Map<String, Object> more) {
        Map<String, Object> spec =
                new java.util.HashMap<>(
                        Map.of(
                                "interval",
                                "10m",
                                "retryInterval",
                                "5s",
                                "path",
                                path,
                                "prune",
                                true,
                                "targetNamespace",
                                namespace,
                                "sourceRef",
                                Map.of("kind", "GitRepository", "name", "source")));
        spec.putAll(more);
        apply(KUSTOMIZE, "Kustomization", namespace, name, spec);
    }

    void apply(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            Map<String, Object> spec) {
        GenericKubernetesResource object = new GenericKubernetesResource();
        object.setApiVersion(apiVersion);
        object.setKind(kind);
        object.setMetadata(
                new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                        .withName(name)
                        .withNamespace(namespace)
                        .build());
        object.setAdditionalProperty("spec", spec);
        client.resource(object).fieldManager("test").forceConflicts().serverSideApply();
    }

    /** Asks for a fetch now, as {@code flux reconcile source git} does. */
    void poke(String namespace, String source) {
        client.genericKubernetesResources(SOURCE, "GitRepository")
                .inNamespace(namespace)
                .withName(source)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"reconcile.fluxcd.io/requestedAt\":\""
                                + System.nanoTime()
                                + "\"}}}");
    }

    GenericKubernetesResource get(String apiVersion, String kind, String namespace, String name) {
        return client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    /** Waits until the Kustomization is Ready at a commit. */
    void awaitApplied(String namespace, String name, String commit) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    GenericKubernetesResource object =
                            get(KUSTOMIZE, "Kustomization", namespace, name);
                    assertThat(object).isNotNull();
                    assertThat(condition(object, "Ready")).containsEntry("status", "True");
                    assertThat(
                                    Objects.toString(
                                            object.<Object>get("status", "lastAppliedRevision")))
                            .endsWith(commit);
                });
    }

    /** Waits until Ready is False for that reason, and returns the condition. */
    Map<String, Object> awaitFailure(String namespace, String name, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        condition(
                                                get(KUSTOMIZE, "Kustomization", namespace, name),
                                                "Ready"))
                                .containsEntry("status", "False")
                                .containsEntry("reason", reason));
        return condition(get(KUSTOMIZE, "Kustomization", namespace, name), "Ready");
    }

    static Map<String, Object> condition(GenericKubernetesResource object, String type) {
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        return conditions == null
                ? Map.of()
                : conditions.stream()
                        .filter(c -> type.equals(c.get("type")))
                        .findFirst()
                        .orElse(Map.of());
    }

    Map<String, String> data(String namespace, String name) {
        var object = client.configMaps().inNamespace(namespace).withName(name).get();
        return object == null ? null : object.getData();
    }

    @Override
    public void close() {
        pipelines.forEach(SluiceProcess::close);
        client.close();
        git.close();
        controlPlane.close();
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            System.out.println("left behind: " + directory + ": " + e.getMessage());
        }
    }
}
