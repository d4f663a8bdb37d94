package dev.sluice.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.tree.MemoryTree;
import dev.sluice.kustomize.tree.OverlayTree;
import dev.sluice.kustomize.tree.ReadSet;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadSetTest {

    private static final Map<String, String> FILES =
            Map.of(
                    "app/kustomization.yaml",
                            "resources: [../base]\nconfigMapGenerator: [{name: c, files: [a.txt]}]",
                    "app/a.txt", "a",
                    "base/kustomization.yml", "resources: [r.yaml]",
                    "base/r.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: r}",
                    "base/unused.yaml", "x",
                    "other/file", "y");

    @Test
    void staysValidWhereNothingThatWasReadHasChanged() throws Exception {
        ReadSet read = build(FILES);

        assertThat(read.stillValid(MemoryTree.ofText(FILES))).isTrue();
        assertThat(read.stillValid(with("base/unused.yaml", "changed"))).isTrue();
        assertThat(read.stillValid(with("new/file", "z"))).isTrue();
    }

    @Test
    void isInvalidWhereAFileThatWasReadHasChangedOrGone() throws Exception {
        ReadSet read = build(FILES);
        Map<String, String> fewer = new LinkedHashMap<>(FILES);
        fewer.remove("app/a.txt");

        assertThat(read.stillValid(with("app/a.txt", "b"))).isFalse();
        assertThat(read.stillValid(with("base/r.yaml", "b"))).isFalse();
        assertThat(read.stillValid(MemoryTree.ofText(fewer))).isFalse();
    }

    @Test
    void isInvalidWhereAPathThatWasMissingIsThere() throws Exception {
        ReadSet read = build(FILES);

        assertThat(read.stillValid(with("base/kustomization.yaml", "resources: []"))).isFalse();
    }

    @Test
    void isTheSameAfterItsWayThroughJson() throws Exception {
        ReadSet read = build(FILES);

        ReadSet again = ReadSet.fromJson(read.toJson());

        assertThat(again).isEqualTo(read);
        assertThat(again.digest()).isEqualTo(read.digest());
    }

    @Test
    void seesWhatAnOverlayReplaces() throws Exception {
        MemoryTree below = MemoryTree.ofText(FILES);
        OverlayTree overlay =
                new OverlayTree(below, Map.of("app/a.txt", "z".getBytes(StandardCharsets.UTF_8)));

        BuildResult result = Kustomize.build(overlay, "app", BuildOptions.DEFAULT);

        assertThat(result.toYaml()).contains("a.txt: z");
        assertThat(result.readSet().stillValid(overlay)).isTrue();
        assertThat(result.readSet().stillValid(below)).isFalse();
    }

    @Test
    void namesTheFileThatEachResourceCameFrom() throws Exception {
        BuildResult result = Kustomize.build(MemoryTree.ofText(FILES), "app", BuildOptions.DEFAULT);

        assertThat(result.resources())
                .extracting(BuiltResource::origin)
                .containsExactly("app/kustomization.yaml", "base/r.yaml");
    }

    private static ReadSet build(Map<String, String> files) throws Exception {
        return Kustomize.build(MemoryTree.ofText(files), "app", BuildOptions.DEFAULT).readSet();
    }

    private static MemoryTree with(String path, String text) {
        Map<String, String> files = new LinkedHashMap<>(FILES);
        files.put(path, text);
        return MemoryTree.ofText(files);
    }
}
