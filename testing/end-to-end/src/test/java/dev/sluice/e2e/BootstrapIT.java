package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testkit.git.SampleRepository;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cluster that manages itself from Git: made so from nothing, made so again, taken from Flux. */
class BootstrapIT {

    private static final int OBJECTS = 12;

    @Test
    void bringsAClusterUnderItselfAndDoingItAgainChangesNothing() throws Exception {
        try (Rig rig = new Rig();
                SampleRepository repository = rig.repository("fleet")) {
            repository.commit(
                    "an app",
                    Map.of(
                            "clusters/one/app.yaml",
                            PipelineIT.configMap("app", "one")
                                    .replace("name: app", "name: app\n  namespace: default")));
            SluiceProcess pipeline = rig.up();

            bootstrap(rig, "fleet", "clusters/one");

            String head = repository.head("main");
            GenericKubernetesResource root =
                    rig.get(Rig.KUSTOMIZE, "Kustomization", "flux-system", "flux-system");
            assertThat(root.<String>get("status", "lastAppliedRevision"))
                    .isEqualTo("main@sha1:" + head);
            assertThat(rig.data("default", "app")).isNotNull();
            Map<String, String> before = versions(rig);

            bootstrap(rig, "fleet", "clusters/one");

            assertThat(repository.head("main")).isEqualTo(head);
            assertThat(versions(rig)).isEqualTo(before);
            assertThat(pipeline.stop()).isIn(0, 143);
        }
    }

    @Test
    void allComesBackFromGitAndNothingIsPrunedOnTheWay() throws Exception {
        try (Rig rig = new Rig();
                SampleRepository repository = rig.repository("fleet")) {
            repository.commit(
                    "an app",
                    Map.of(
                            "clusters/one/app.yaml",
                            manifest(0),
                            "clusters/one/b.yaml",
                            manifest(1)));
            SluiceProcess first = rig.up();
            bootstrap(rig, "fleet", "clusters/one");
            Map<String, String> before = managed(rig);
            assertThat(first.stop()).isIn(0, 143);

            // Topics, artifacts and half of the objects are lost.
            deleteAll(rig.directory.resolve("data"));
            rig.client.configMaps().inNamespace("default").withName("cm-1").delete();
            SluiceProcess second = rig.up();
            bootstrap(rig, "fleet", "clusters/one");
            rig.poke("flux-system", "flux-system");

            await().atMost(Rig.PATIENCE).untilAsserted(() -> assertThat(managed(rig)).hasSize(2));
            assertThat(managed(rig)).containsEntry("cm-0", before.get("cm-0"));
            assertThat(second.stop()).isIn(0, 143);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    @Test
    void takesAClusterFromFluxAndLeavesEveryObjectAsItIs() throws Exception {
        try (Rig rig = new Rig();
                SampleRepository repository = rig.repository("fleet")) {
            Map<String, String> files = new HashMap<>();
            IntStream.range(0, OBJECTS)
                    .forEach(i -> files.put("apps/cm-" + i + ".yaml", manifest(i)));
            files.put("clusters/one/apps.yaml", appsKustomization());
            files.put("clusters/one/flux-system/gotk-sync.yaml", sync(rig));
            files.put("clusters/one/flux-system/gotk-components.yaml", controller());
            files.put(
                    "clusters/one/flux-system/kustomization.yaml",
                    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [gotk-components.yaml, gotk-sync.yaml]\n");
            String commit = repository.commit("as Flux has it", files);
            asFluxLeftIt(rig, commit);
            Map<String, String> before = managed(rig);
            SluiceProcess pipeline = rig.up();

            SluiceProcess refused =
                    SluiceProcess.start(arguments(rig, "fleet", "clusters/one", false));
            assertThat(refused.await(60)).isEqualTo(1);
            assertThat(refused.output()).anyMatch(line -> line.contains("--adopt"));

            SluiceProcess adopted =
                    SluiceProcess.start(arguments(rig, "fleet", "clusters/one", true));
            assertThat(adopted.await(180))
                    .as(() ->
                            String.join("\n", adopted.output())
                                    + "\n"
                                    + String.join("\n", pipeline.output()))
                    .isZero();
            rig.awaitApplied("flux-system", "apps", repository.head("main"));

            assertThat(managed(rig)).isEqualTo(before);
            assertThat(
                            rig.client
                                    .apps()
                                    .deployments()
                                    .inNamespace("flux-system")
                                    .withName("kustomize-controller")
                                    .get())
                    .isNull();
        }
    }

    private static void bootstrap(Rig rig, String repository, String path) {
        SluiceProcess bootstrap = SluiceProcess.start(arguments(rig, repository, path, false));
        assertThat(bootstrap.await(180)).as(() -> String.join("\n", bootstrap.output())).isZero();
    }

    private static String[] arguments(Rig rig, String repository, String path, boolean adopt) {
        List<String> arguments =
                new java.util.ArrayList<>(
                        List.of(
                                "bootstrap",
                                "git",
                                "--kubeconfig",
                                rig.controlPlane.kubeconfig("admin").toString(),
                                "--url",
                                rig.git.url(repository),
                                "--path",
                                path,
                                "--components",
                                "external",
                                "--timeout",
                                "120"));
        if (adopt) {
            arguments.add("--adopt");
        }
        return arguments.toArray(String[]::new);
    }

    /**
     * Objects, inventory, labels, finalizer and status as Flux's kustomize-controller writes them.
     */
    private static void asFluxLeftIt(Rig rig, String commit) {
        rig.client
                .apps()
                .deployments()
                .inNamespace("flux-system")
                .resource(
                        new DeploymentBuilder()
                                .withNewMetadata()
                                .withName("kustomize-controller")
                                .addToLabels("kustomize.toolkit.fluxcd.io/name", "flux-system")
                                .addToLabels("kustomize.toolkit.fluxcd.io/namespace", "flux-system")
                                .endMetadata()
                                .withNewSpec()
                                .withReplicas(1)
                                .withNewSelector()
                                .addToMatchLabels("app", "kustomize-controller")
                                .endSelector()
                                .withNewTemplate()
                                .withNewMetadata()
                                .addToLabels("app", "kustomize-controller")
                                .endMetadata()
                                .withNewSpec()
                                .addNewContainer()
                                .withName("manager")
                                .withImage("example.com/controller")
                                .endContainer()
                                .endSpec()
                                .endTemplate()
                                .endSpec()
                                .build())
                .fieldManager("kustomize-controller")
                .forceConflicts()
                .serverSideApply();
        IntStream.range(0, OBJECTS)
                .forEach(i ->
                        rig.client
                                .configMaps()
                                .inNamespace("default")
                                .resource(
                                        new ConfigMapBuilder()
                                                .withNewMetadata()
                                                .withName("cm-" + i)
                                                .addToLabels(
                                                        "kustomize.toolkit.fluxcd.io/name", "apps")
                                                .addToLabels(
                                                        "kustomize.toolkit.fluxcd.io/namespace",
                                                        "flux-system")
                                                .endMetadata()
                                                .addToData("value", "v" + i)
                                                .build())
                                .fieldManager("kustomize-controller")
                                .forceConflicts()
                                .serverSideApply());
        rig.client.load(stream(sync(rig))).serverSideApply();
        rig.client.load(stream(appsKustomization())).serverSideApply();
        StringBuilder entries = new StringBuilder();
        IntStream.range(0, OBJECTS)
                .forEach(i ->
                        entries.append(i == 0 ? "" : ",")
                                .append(
                                        "{\"id\":\"default_cm-%d__ConfigMap\",\"v\":\"v1\"}"
                                                .formatted(i)));
        status(rig, "apps", commit, entries.toString());
        status(
                rig,
                "flux-system",
                commit,
                "{\"id\":\"flux-system_apps_kustomize.toolkit.fluxcd.io_Kustomization\",\"v\":\"v1\"},"
                        + "{\"id\":\"flux-system_kustomize-controller_apps_Deployment\",\"v\":\"v1\"}");
    }

    private static void status(Rig rig, String name, String commit, String entries) {
        var object =
                rig.client
                        .genericKubernetesResources(Rig.KUSTOMIZE, "Kustomization")
                        .inNamespace("flux-system")
                        .withName(name);
        object.patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\":{\"finalizers\":[\"finalizers.fluxcd.io\"]}}");
        object.subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"status":{"observedGeneration":1,"lastAppliedRevision":"main@sha1:%1$s",
                         "lastAttemptedRevision":"main@sha1:%1$s","inventory":{"entries":[%2$s]},
                         "conditions":[{"type":"Ready","status":"True","reason":"ReconciliationSucceeded",
                          "message":"Applied revision: main@sha1:%1$s","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
                        """
                                .formatted(commit, entries));
    }

    private static java.io.InputStream stream(String text) {
        return new java.io.ByteArrayInputStream(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String manifest(int i) {
        return """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: cm-%1$d
          namespace: default
        data:
          value: v%1$d
        """
                .formatted(i);
    }

    private static String appsKustomization() {
        return """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: apps
          namespace: flux-system
        spec:
          interval: 10m0s
          path: ./apps
          prune: true
          sourceRef:
            kind: GitRepository
            name: flux-system
        """;
    }

    private static String sync(Rig rig) {
        return """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata:
          name: flux-system
          namespace: flux-system
        spec:
          interval: 1m0s
          ref:
            branch: main
          url: %s
        ---
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: flux-system
          namespace: flux-system
        spec:
          interval: 10m0s
          path: ./clusters/one
          prune: true
          sourceRef:
            kind: GitRepository
            name: flux-system
        """
                .formatted(rig.git.url("fleet"));
    }

    private static String controller() {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: kustomize-controller
          namespace: flux-system
        spec:
          selector:
            matchLabels: {app: kustomize-controller}
          template:
            metadata:
              labels: {app: kustomize-controller}
            spec:
              containers:
                - name: manager
                  image: example.com/controller
        """;
    }

    /** The managed objects with their uids and resource versions. */
    private static Map<String, String> managed(Rig rig) {
        return rig.client.configMaps().inNamespace("default").list().getItems().stream()
                .filter(map -> map.getMetadata().getName().startsWith("cm-"))
                .collect(
                        Collectors.toMap(
                                map -> map.getMetadata().getName(),
                                BootstrapIT::version,
                                (a, b) -> a,
                                TreeMap::new));
    }

    private static Map<String, String> versions(Rig rig) {
        Map<String, String> versions = new TreeMap<>();
        rig.client
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .list()
                .getItems()
                .forEach(crd -> versions.put(crd.getMetadata().getName(), version(crd)));
        rig.client
                .rbac()
                .clusterRoles()
                .withLabel("app.kubernetes.io/part-of", "sluice")
                .list()
                .getItems()
                .forEach(role -> versions.put(role.getMetadata().getName(), version(role)));
        versions.put(
                "app",
                version(rig.client.configMaps().inNamespace("default").withName("app").get()));
        return versions;
    }

    private static String version(HasMetadata object) {
        return object.getMetadata().getUid() + '@' + object.getMetadata().getResourceVersion();
    }
}
