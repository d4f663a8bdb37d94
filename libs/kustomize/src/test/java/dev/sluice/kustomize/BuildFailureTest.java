package dev.sluice.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildException.Place;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.tree.MemoryTree;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildFailureTest {

    @Test
    void namesFileLineAndFieldOfAWrongValue() {
        BuildException failure =
                fail(
                        Map.of(
                                "kustomization.yaml",
                                "resources: []\nimages:\n- name: a\n- name: b\n  newTag: 1.10\n"));

        assertThat(failure.place())
                .contains(new Place("kustomization.yaml", 5, "images[1].newTag"));
    }

    @Test
    void namesFileAndLineOfBrokenYaml() {
        BuildException failure =
                fail(
                        Map.of(
                                "kustomization.yaml",
                                "resources: [a.yaml]",
                                "a.yaml",
                                "a: b\n\tc: d\n"));

        assertThat(failure.place().map(Place::file)).contains("a.yaml");
        assertThat(failure.place().map(Place::line)).contains(2);
    }

    @Test
    void namesTheFieldThatNobodyKnows() {
        BuildException failure =
                fail(Map.of("kustomization.yaml", "resources: []\npatches:\n- paths: x\n"));

        assertThat(failure.place())
                .contains(new Place("kustomization.yaml", 3, "patches[0].paths"));
    }

    @Test
    void neverShowsTheValuesOfSecrets() {
        BuildException failure =
                fail(
                        Map.of(
                                "kustomization.yaml",
                                "resources: [s.yaml]\n",
                                "s.yaml",
                                "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {1: hunter2}\n"));

        assertThat(failure.getMessage()).doesNotContain("hunter2");
    }

    private static BuildException fail(Map<String, String> files) {
        return catchThrowableOfType(
                BuildException.class,
                () -> Kustomize.build(MemoryTree.ofText(files), "", BuildOptions.DEFAULT));
    }
}
