package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testkit.git.SampleRepository;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The road of a change, on a real API server, a real broker and a real Git server. */
class PipelineIT {

    private static Rig rig;
    private static SluiceProcess sluice;

    @BeforeAll
    static void start() {
        rig = new Rig();
        sluice = rig.up();
    }

    @AfterAll
    static void stop() {
        sluice.close();
        rig.close();
    }

    @Test
    void aPushAppearsChangesAndGoes() throws Exception {
        String ns = rig.namespace("e2e-push");
        try (SampleRepository repository = rig.repository("push")) {
            String first =
                    repository.commit(
                            "first",
                            Map.of(
                                    "app/a.yaml",
                                    configMap("a", "one"),
                                    "app/b.yaml",
                                    configMap("b", "one")));
            rig.gitRepository(ns, "source", "push");
            rig.kustomization(ns, "app", "./app", Map.of());
            rig.awaitApplied(ns, "app", first);
            assertThat(rig.data(ns, "a")).isEqualTo(Map.of("key", "one"));

            Map<String, String> change = new HashMap<>(Map.of("app/a.yaml", configMap("a", "two")));
            change.put("app/b.yaml", null);
            String second = repository.commit("second", change);
            rig.poke(ns, "source");
            rig.awaitApplied(ns, "app", second);

            assertThat(rig.data(ns, "a")).isEqualTo(Map.of("key", "two"));
            assertThat(rig.data(ns, "b")).isNull();
        }
    }

    @Test
    void whatSomeoneChangesOrDeletesByHandIsPutBack() throws Exception {
        String ns = rig.namespace("e2e-drift");
        try (SampleRepository repository = rig.repository("drift")) {
            String commit =
                    repository.commit(
                            "first",
                            Map.of(
                                    "a.yaml",
                                    configMap("a", "one"),
                                    "b.yaml",
                                    configMap("b", "one")));
            rig.gitRepository(ns, "source", "drift");
            rig.kustomization(ns, "app", "./", Map.of());
            rig.awaitApplied(ns, "app", commit);

            rig.client
                    .configMaps()
                    .inNamespace(ns)
                    .withName("a")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"data\":{\"key\":\"by hand\"}}");
            rig.client.configMaps().inNamespace(ns).withName("b").delete();

            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() -> {
                        assertThat(rig.data(ns, "a")).isEqualTo(Map.of("key", "one"));
                        assertThat(rig.data(ns, "b")).isEqualTo(Map.of("key", "one"));
                    });
        }
    }

    @Test
    void aBrokenCommitKeepsTheLastGoodStateAndTheNextGoodOneHeals() throws Exception {
        String ns = rig.namespace("e2e-broken");
        try (SampleRepository repository = rig.repository("broken")) {
            String good = repository.commit("good", Map.of("a.yaml", configMap("a", "one")));
            rig.gitRepository(ns, "source", "broken");
            rig.kustomization(ns, "app", "./", Map.of());
            rig.awaitApplied(ns, "app", good);

            repository.commit(
                    "broken",
                    Map.of("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [\n"));
            rig.poke(ns, "source");
            Map<String, Object> failure = rig.awaitFailure(ns, "app", "BuildFailed");

            assertThat(failure.get("message").toString()).contains("a.yaml");
            assertThat(rig.data(ns, "a")).isEqualTo(Map.of("key", "one"));
            String healed = repository.commit("healed", Map.of("a.yaml", configMap("a", "three")));
            rig.poke(ns, "source");
            rig.awaitApplied(ns, "app", healed);
            assertThat(rig.data(ns, "a")).isEqualTo(Map.of("key", "three"));
        }
    }

    @Test
    void aSyncPointThatLivesInItsOwnFolderChangesItself() throws Exception {
        String ns = rig.namespace("e2e-self");
        try (SampleRepository repository = rig.repository("self")) {
            String first =
                    repository.commit(
                            "first",
                            Map.of(
                                    "c/sync.yaml",
                                    sync(ns, "10m"),
                                    "c/child.yaml",
                                    child(ns),
                                    "apps/cm.yaml",
                                    configMap("made", "one")));
            rig.gitRepository(ns, "source", "self");
            rig.kustomization(ns, "root", "./c", Map.of());
            rig.awaitApplied(ns, "root", first);
            rig.awaitApplied(ns, "child", first);
            assertThat(rig.data(ns, "made")).isNotNull();

            Map<String, String> change = new HashMap<>(Map.of("c/sync.yaml", sync(ns, "7m")));
            change.put("c/child.yaml", null);
            repository.commit("second", change);
            rig.poke(ns, "source");

            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() -> {
                        assertThat(
                                        rig.get(Rig.SOURCE, "GitRepository", ns, "source")
                                                .<String>get("spec", "interval"))
                                .isEqualTo("7m");
                        assertThat(rig.get(Rig.KUSTOMIZE, "Kustomization", ns, "child")).isNull();
                        assertThat(rig.data(ns, "made")).isNull();
                    });
        }
    }

    @Test
    void aDependantFollowsItsDependency() throws Exception {
        String ns = rig.namespace("e2e-depends");
        try (SampleRepository repository = rig.repository("depends")) {
            repository.commit(
                    "broken", Map.of("one/a.yaml", "a: [\n", "two/b.yaml", configMap("b", "one")));
            rig.gitRepository(ns, "source", "depends");
            rig.kustomization(ns, "one", "./one", Map.of());
            rig.kustomization(
                    ns,
                    "two",
                    "./two",
                    Map.of("dependsOn", java.util.List.of(Map.of("name", "one"))));
            rig.awaitFailure(ns, "two", "DependencyNotReady");
            assertThat(rig.data(ns, "b")).isNull();

            String good = repository.commit("good", Map.of("one/a.yaml", configMap("a", "one")));
            rig.poke(ns, "source");

            rig.awaitApplied(ns, "two", good);
            assertThat(rig.data(ns, "b")).isNotNull();
        }
    }

    static String configMap(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "
                + name
                + "\ndata:\n  key: "
                + value
                + "\n";
    }

    private static String sync(String ns, String interval) {
        return "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: source\n  namespace: "
                + ns
                + "\nspec:\n  interval: "
                + interval
                + "\n  url: "
                + rig.git.url("self")
                + "\n  ref:\n    branch: main\n";
    }

    private static String child(String ns) {
        return "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: child\n  namespace: "
                + ns
                + "\nspec:\n  interval: 10m\n  path: ./apps\n  prune: true\n  targetNamespace: "
                + ns
                + "\n  sourceRef:\n    kind: GitRepository\n    name: source\n";
    }
}
