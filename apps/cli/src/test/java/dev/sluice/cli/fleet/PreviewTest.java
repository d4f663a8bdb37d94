package dev.sluice.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.fleet.Preview.Action;
import dev.sluice.cli.fleet.Preview.Change;
import dev.sluice.cli.fleet.Preview.Cluster;
import dev.sluice.helm.worker.HelmWorkers;
import dev.sluice.helm.worker.WorkerException;
import dev.sluice.helm.worker.WorkerProgram;
import dev.sluice.kustomize.tree.MemoryTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreviewTest {

    private static final Map<String, String> FLEET =
            Map.of(
                    "clusters/one/flux-system/gotk-sync.yaml",
                    """
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: GitRepository
                    metadata: {name: flux-system, namespace: flux-system}
                    spec: {interval: 1m, url: https://example.com/fleet.git}
                    """,
                    "clusters/one/shop.yaml",
                    kustomization("shop", "./apps/shop", "flux-system", "greeting: hello"),
                    "clusters/one/foreign.yaml",
                    kustomization("foreign", "./elsewhere", "other", "a: b")
                            + """
                            ---
                            apiVersion: source.toolkit.fluxcd.io/v1
                            kind: GitRepository
                            metadata: {name: other, namespace: flux-system}
                            spec: {interval: 1m, url: https://example.com/other.git}
                            """,
                    "clusters/two/shop.yaml",
                    kustomization("shop", "./apps/shop", "flux-system", "greeting: hi"),
                    "apps/shop/web.yaml",
                    """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: web, namespace: shop}
                    data: {text: "${greeting} world", color: blue}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: key, namespace: shop}
                    stringData: {password: old-password}
                    """);

    @Test
    void tellsTheExactObjectsOfEachClusterThatACommitChanges() throws Exception {
        Map<String, String> now = new HashMap<>(FLEET);
        now.replace("apps/shop/web.yaml", FLEET.get("apps/shop/web.yaml").replace("blue", "red"));
        now.put(
                "clusters/two/extra.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra, namespace: shop}\n");

        List<Cluster> clusters = preview(FLEET, now);

        assertThat(clusters)
                .extracting(Cluster::path)
                .containsExactly("clusters/one", "clusters/two");
        assertThat(clusters.getFirst().changes())
                .containsExactly(
                        new Change(
                                "ConfigMap/shop/web",
                                "flux-system/shop",
                                Action.configured,
                                List.of("data.color: blue -> red")));
        assertThat(clusters.getLast().changes())
                .extracting(Change::object, Change::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ConfigMap/shop/extra", Action.created),
                        org.assertj.core.groups.Tuple.tuple(
                                "ConfigMap/shop/web", Action.configured));
    }

    @Test
    void aChangedVariableShowsInTheObjectsThatItFills() throws Exception {
        Map<String, String> now = new HashMap<>(FLEET);
        now.replace(
                "clusters/one/shop.yaml",
                kustomization("shop", "./apps/shop", "flux-system", "greeting: welcome"));

        assertThat(preview(FLEET, now).getFirst().changes())
                .anySatisfy(change ->
                        assertThat(change.fields())
                                .containsExactly("data.text: hello world -> welcome world"));
    }

    @Test
    void neverShowsWhatIsSecret() throws Exception {
        Map<String, String> now = new HashMap<>(FLEET);
        now.replace(
                "apps/shop/web.yaml",
                FLEET.get("apps/shop/web.yaml").replace("old-password", "new-password"));

        List<Cluster> clusters = preview(FLEET, now);

        assertThat(clusters.getFirst().changes()).hasSize(1);
        assertThat(PreviewText.plain(clusters) + PreviewText.markdown(clusters))
                .contains("*** -> ***")
                .doesNotContain("password: old")
                .doesNotContain("old-password")
                .doesNotContain("new-password");
    }

    @Test
    void saysWhichClusterAMergeWouldBreak() throws Exception {
        Map<String, String> now = new HashMap<>(FLEET);
        now.put("apps/shop/broken.yaml", "apiVersion: v1\nkind: [\n");

        List<Cluster> clusters = preview(FLEET, now);

        assertThat(clusters).allSatisfy(c -> assertThat(c.failure()).contains("flux-system/shop"));
        assertThat(PreviewText.markdown(clusters)).contains("cannot be rendered");
    }

    @Test
    void saysWhatItDidNotLookInto() throws Exception {
        Cluster one = preview(FLEET, FLEET).getFirst();

        assertThat(one.changes()).isEmpty();
        assertThat(one.notes()).singleElement().asString().contains("flux-system/foreign");
    }

    @Test
    void saysThatChartsAreNotLookedIntoWhereThereIsNoWorker() throws Exception {
        Map<String, String> fleet = withRelease("one");

        Cluster one = preview(FLEET, fleet).getFirst();

        assertThat(one.changes())
                .extracting(Change::object)
                .contains("HelmRelease/shop/cart")
                .doesNotContain("ConfigMap/shop/cart");
        assertThat(one.notes()).anySatisfy(note -> assertThat(note).contains("no worker here"));
    }

    @Test
    void tellsTheExactObjectsOfAChartWithTheirSecretsMasked() throws Exception {
        assumeTrue(isBuilt(), "there is no Helm worker");

        Cluster one =
                preview(withRelease("one"), withRelease("two"), PreviewTest::worker).getFirst();

        assertThat(one.changes())
                .filteredOn(change -> change.by().equals("HelmRelease shop/cart"))
                .containsExactly(
                        new Change(
                                "ConfigMap/shop/cart",
                                "HelmRelease shop/cart",
                                Action.configured,
                                List.of("data.greeting: one -> two")),
                        new Change(
                                "Secret/shop/cart",
                                "HelmRelease shop/cart",
                                Action.configured,
                                List.of("stringData.greeting: *** -> ***")));
        assertThat(one.notes())
                .anySatisfy(note -> assertThat(note).contains("Secret shop/hidden are not known"));
    }

    /** The fleet with a release of a chart in its own repository. */
    private static Map<String, String> withRelease(String greeting) {
        Map<String, String> fleet = new HashMap<>(FLEET);
        fleet.put(
                "clusters/one/cart.yaml",
                """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: cart, namespace: shop}
                spec:
                  interval: 1m
                  chart:
                    spec:
                      chart: charts/cart
                      sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
                  valuesFrom: [{kind: Secret, name: hidden}]
                  values: {greeting: %s}
                """
                        .formatted(greeting));
        fleet.put("charts/cart/Chart.yaml", "apiVersion: v2\nname: cart\nversion: 1.0.0\n");
        fleet.put(
                "charts/cart/templates/all.yaml",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: "{{ .Release.Name }}"}
                data: {greeting: "{{ .Values.greeting }}"}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: "{{ .Release.Name }}"}
                stringData: {greeting: "{{ .Values.greeting }}"}
                """);
        return fleet;
    }

    private static boolean isBuilt() {
        try {
            return worker() != null;
        } catch (WorkerException e) {
            return false;
        }
    }

    private static Path worker() throws WorkerException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("native"))) {
            root = Objects.requireNonNull(root.getParent(), "the test runs outside of the project");
        }
        return WorkerProgram.find(Optional.empty(), Optional.of(root));
    }

    private static List<Cluster> preview(Map<String, String> before, Map<String, String> after)
            throws FleetException {
        return preview(
                before,
                after,
                () -> {
                    throw new WorkerException(
                            WorkerException.Kind.MISSING, "there is no worker here");
                });
    }

    private static List<Cluster> preview(
            Map<String, String> before, Map<String, String> after, HelmWorkers.Program program)
            throws FleetException {
        MemoryTree old = MemoryTree.ofText(before);
        MemoryTree now = MemoryTree.ofText(after);
        try (ReleaseRender releases = new ReleaseRender(program)) {
            return Preview.clusters(old, now, "clusters").stream()
                    .map(path -> Preview.of(old, now, path, releases))
                    .toList();
        }
    }

    private static String kustomization(String name, String path, String source, String variable) {
        return """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: %s, namespace: flux-system}
        spec:
          interval: 10m
          prune: true
          path: %s
          sourceRef: {kind: GitRepository, name: %s}
          postBuild: {substitute: {%s}}
        """
                .formatted(name, path, source, variable);
    }
}
