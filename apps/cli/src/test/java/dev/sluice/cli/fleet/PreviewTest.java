package dev.sluice.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.fleet.Preview.Action;
import dev.sluice.cli.fleet.Preview.Change;
import dev.sluice.cli.fleet.Preview.Cluster;
import dev.sluice.kustomize.tree.MemoryTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static List<Cluster> preview(Map<String, String> before, Map<String, String> after)
            throws FleetException {
        MemoryTree old = MemoryTree.ofText(before);
        MemoryTree now = MemoryTree.ofText(after);
        return Preview.clusters(old, now, "clusters").stream()
                .map(path -> Preview.of(old, now, path))
                .toList();
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
