package dev.sluice.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.tree.MemoryTree;
import dev.sluice.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizationFileTest {

    @Test
    void isMadeOfAllManifestsBelowAndOfFoldersWithTheirOwnFile() throws Exception {
        KustomizationFile file =
                KustomizationFile.findOrGenerate(
                        tree(
                                "tree/z.yaml",
                                "tree/a.yml",
                                "tree/deep/er/d.yaml",
                                "tree/own/kustomization.yaml",
                                "tree/own/in.yaml",
                                "tree/own/sub/out.yaml",
                                "tree/other/Kustomization",
                                "tree/readme.md",
                                "tree/x.json",
                                "beside.yaml"),
                        "tree");

        assertThat(file.generated()).isTrue();
        assertThat(file.path()).isEqualTo("tree/kustomization.yaml");
        assertThat(resources(file))
                .containsExactly("./a.yml", "./deep/er/d.yaml", "./other", "./own", "./z.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kustomization.yaml", "kustomization.yml", "Kustomization"})
    void isTheFoldersOwnUnderEachOfItsNames(String name) throws Exception {
        KustomizationFile file =
                KustomizationFile.findOrGenerate(
                        MemoryTree.ofText(Map.of("app/" + name, "resources: [x]\n")), "app");

        assertThat(file.generated()).isFalse();
        assertThat(file.path()).isEqualTo("app/" + name);
        assertThat(resources(file)).containsExactly("x");
    }

    @Test
    void tellsFileAndLineOfBrokenYaml() {
        assertThatExceptionOfType(BuildException.class)
                .isThrownBy(() ->
                        KustomizationFile.find(
                                MemoryTree.ofText(Map.of("kustomization.yaml", "a: 1\nb: [\n")),
                                ""))
                .withMessageContaining("kustomization.yaml")
                .satisfies(e ->
                        assertThat(e.place())
                                .hasValueSatisfying(place -> {
                                    assertThat(place.file()).isEqualTo("kustomization.yaml");
                                    assertThat(place.line()).isPositive();
                                }));
    }

    @Test
    void refusesAListAsItsContent() {
        assertThatExceptionOfType(BuildException.class)
                .isThrownBy(() ->
                        KustomizationFile.find(
                                MemoryTree.ofText(Map.of("kustomization.yaml", "- a\n")), ""))
                .withMessageContaining("must be a mapping");
    }

    @Test
    void staysInsideTheTree() {
        assertThat(FolderPath.inside("", "./app/")).isEqualTo("app");
        assertThat(FolderPath.inside("", "../../etc")).isEqualTo("etc");
        assertThat(FolderPath.inside("a/b", "../c")).isEqualTo("a/c");
        assertThat(FolderPath.inside("a", ".")).isEqualTo("a");
    }

    private static List<String> resources(KustomizationFile file) {
        return Objects.requireNonNull(file.content().get("resources")).items().stream()
                .map(Node::value)
                .toList();
    }

    private static MemoryTree tree(String... paths) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String path : paths) {
            files.put(path, "");
        }
        return MemoryTree.ofText(files);
    }
}
