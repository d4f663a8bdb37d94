package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testkit.git.SampleRepository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A tenant who may do what it likes in its own namespace tries each way out of it, on an
 * installation with {@code --lockdown}. Each is refused in the object's status, and nobody else
 * notices.
 */
class TenantsIT {

    private static final String HELM = "helm.toolkit.fluxcd.io/v2";
    private static final String GENERATORS = "source.extensions.fluxcd.io/v1beta1";
    private static final String HOSTILE = "hostile";
    private static final String OTHER = "other";

    private static Rig rig;
    private static SluiceProcess sluice;
    private static SampleRepository repository;

    @BeforeAll
    static void start() throws Exception {
        rig = new Rig();
        for (String namespace : List.of(HOSTILE, OTHER)) {
            rig.namespace(namespace);
            rig.load(account(namespace));
        }
        repository = rig.repository("tenant");
        repository.commit("ways out", files());
        rig.gitRepository(HOSTILE, "source", "tenant");
        rig.gitRepository(OTHER, "source", "tenant");
        kustomization(OTHER, "app", "./own", target(OTHER));
        sluice = rig.up("--lockdown");
        rig.awaitApplied(OTHER, "app", repository.head("main"));
    }

    @AfterAll
    static void stop() {
        sluice.close();
        repository.close();
        rig.close();
    }

    @Test
    void eachWayOutIsRefusedAndNobodyElseNotices() throws Exception {
        kustomization(HOSTILE, "own", "./own", target(HOSTILE));
        Map<String, Object> another = Map.of("kind", "GitRepository", "name", "source");
        tries("names-a-namespace", "./namespace", Map.of(), "ReconciliationFailed", "is forbidden");
        tries("targets-one", "./own", target(OTHER), "ReconciliationFailed", "is forbidden");
        tries("cluster-scoped", "./cluster", Map.of(), "ReconciliationFailed", "is forbidden");
        tries(
                "no-account",
                "./own",
                with(target(HOSTILE), "serviceAccountName", ""),
                "ReconciliationFailed",
                "system:serviceaccount:hostile:default");
        tries(
                "a-source-of-others",
                "./own",
                Map.of("sourceRef", with(another, "namespace", OTHER)),
                "AccessDenied",
                "GitRepository/other/source");
        tries(
                "depends-on-others",
                "./own",
                Map.of("dependsOn", List.of(Map.of("name", "app", "namespace", OTHER))),
                "AccessDenied",
                "Kustomization/other/app");
        tries("a-base-outside", "./outside", Map.of(), "BuildFailed", "leaves the tree");
        tries("a-base-elsewhere", "./remote", Map.of(), "BuildFailed", "remote resources");
        tries("a-link", "./link", Map.of(), "BuildFailed", "no such file");
        tries("aliases", "./aliases", Map.of(), "BuildFailed", "alias");
        tries("a-pattern", "./pattern", Map.of(), "BuildFailed", "too large");
        tries(
                "a-program",
                "./own",
                Map.of("kubeConfig", Map.of("secretRef", Map.of("name", "program"))),
                "ReconciliationFailed",
                "a program to run");
        rig.apply(HELM, "HelmRelease", HOSTILE, "chart-of-others", chartOf(OTHER));
        refused(HELM, "HelmRelease", "chart-of-others", "AccessDenied", "HelmChart/other/");
        rig.apply(GENERATORS, "ArtifactGenerator", HOSTILE, "loot", generator());
        refused(
                GENERATORS,
                "ArtifactGenerator",
                "loot",
                "AccessDenied",
                "GitRepository/other/source");

        assertThat(rig.data(OTHER, "escaped")).isNull();
        assertThat(rig.client.rbac().clusterRoles().withName("escaped").get()).isNull();
        assertThat(rig.get(Rig.SOURCE, "HelmChart", OTHER, "hostile-chart-of-others")).isNull();
        assertThat(rig.get(Rig.SOURCE, "ExternalArtifact", HOSTILE, "loot")).isNull();
        rig.awaitApplied(HOSTILE, "own", repository.head("main"));
        assertStillServed();
    }

    /** The other tenant's change arrives. */
    private static void assertStillServed() throws Exception {
        String commit = repository.commit("a change", Map.of("own/cm.yaml", configMap("own", "2")));
        rig.poke(OTHER, "source");
        rig.awaitApplied(OTHER, "app", commit);
        assertThat(rig.data(OTHER, "own")).containsEntry("key", "2");
    }

    private static void tries(
            String name, String path, Map<String, Object> more, String reason, String message) {
        kustomization(HOSTILE, name, path, more);
        refused(Rig.KUSTOMIZE, "Kustomization", name, reason, message);
    }

    private static void refused(
            String apiVersion, String kind, String name, String reason, String message) {
        await(name)
                .atMost(Rig.PATIENCE)
                .untilAsserted(() -> {
                    GenericKubernetesResource object = rig.get(apiVersion, kind, HOSTILE, name);
                    assertThat(Rig.condition(object, "Ready"))
                            .containsEntry("status", "False")
                            .containsEntry("reason", reason);
                    assertThat(Rig.condition(object, "Ready").get("message").toString())
                            .contains(message);
                });
    }

    private static void kustomization(
            String namespace, String name, String path, Map<String, Object> more) {
        Map<String, Object> spec =
                new HashMap<>(
                        Map.of(
                                "interval",
                                "10m",
                                "path",
                                path,
                                "prune",
                                true,
                                "serviceAccountName",
                                "team",
                                "sourceRef",
                                Map.of("kind", "GitRepository", "name", "source")));
        spec.putAll(more);
        rig.apply(Rig.KUSTOMIZE, "Kustomization", namespace, name, spec);
    }

    private static Map<String, Object> target(String namespace) {
        return Map.of("targetNamespace", namespace);
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }

    private static Map<String, Object> chartOf(String namespace) {
        return Map.of(
                "interval",
                "10m",
                "serviceAccountName",
                "team",
                "chart",
                Map.of(
                        "spec",
                        Map.of(
                                "chart",
                                "./own",
                                "sourceRef",
                                Map.of(
                                        "kind",
                                        "GitRepository",
                                        "name",
                                        "source",
                                        "namespace",
                                        namespace))));
    }

    private static Map<String, Object> generator() {
        return Map.of(
                "sources",
                List.of(
                        Map.of(
                                "alias",
                                "other",
                                "kind",
                                "GitRepository",
                                "name",
                                "source",
                                "namespace",
                                OTHER)),
                "artifacts",
                List.of(
                        Map.of(
                                "name",
                                "loot",
                                "copy",
                                List.of(Map.of("from", "@other/**", "to", "@artifact/")))));
    }

    private static Map<String, String> files() {
        Map<String, String> files = new HashMap<>();
        files.put("own/cm.yaml", configMap("own", "1"));
        files.put(
                "namespace/cm.yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: escaped, namespace: other}
                """);
        files.put(
                "cluster/role.yaml",
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: escaped}
                rules: []
                """);
        files.put("outside/kustomization.yaml", "resources: [../../../../etc]\n");
        files.put(
                "remote/kustomization.yaml", "resources: ['https://example.com/base?ref=main']\n");
        files.put(
                "link/kustomization.yaml",
                "configMapGenerator: [{name: a, files: [/etc/hosts]}]\n");
        StringBuilder aliases = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            aliases.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("]\n");
        }
        files.put("aliases/cm.yaml", configMap("aliases", "1") + aliases);
        files.put(
                "pattern/kustomization.yaml",
                """
                resources: [cm.yaml]
                patches:
                  - target: {kind: ConfigMap, name: '((a{1,1000}){1,1000}){1,1000}'}
                    patch: '[{"op": "add", "path": "/data/x", "value": "y"}]'
                """);
        files.put("pattern/cm.yaml", configMap("pattern", "1"));
        return files;
    }

    private static String account(String namespace) {
        return """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: team, namespace: %1$s}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: team, namespace: %1$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
        subjects: [{kind: ServiceAccount, name: team, namespace: %1$s}]
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: program, namespace: %1$s}
        stringData:
          value: |
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: "true"}}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            current-context: c
        """
                .formatted(namespace);
    }

    private static String configMap(String name, String value) {
        return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s}
        data: {key: "%s"}
        """
                .formatted(name, value);
    }
}
