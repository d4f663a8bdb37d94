package dev.sluice.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.api.LoadRestrictor;
import dev.sluice.kustomize.tree.DirectoryTree;
import dev.sluice.kustomize.tree.MemoryTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What strangers may put into a repository: every build ends, with a message, and reads nothing
 * that is not its own.
 */
class HostileInputTest {

    private static final String CONFIG_MAP =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    private static final String SECRET = "the content of a file outside";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resources: [../../outside.yaml]",
                "resources: [/etc/passwd]",
                "resources: [../..]",
                "resources: [\"a/../../../outside.yaml\"]",
                "configMapGenerator: [{name: x, files: [../../outside.yaml]}]",
                "configMapGenerator: [{name: x, files: [k=/etc/passwd]}]",
                "secretGenerator: [{name: x, envs: [../../outside.yaml]}]",
                "patches: [{path: ../../outside.yaml}]",
                "crds: [../../outside.yaml]",
                "configurations: [../../outside.yaml]",
                "openapi: {path: ../../outside.yaml}",
                "replacements: [{path: ../../outside.yaml}]",
                "transformers: [../../outside.yaml]",
                "components: [../../..]",
                "resources: [link.yaml]",
                "resources: [linked]",
                "configMapGenerator: [{name: x, files: [link.yaml]}]",
                "configMapGenerator: [{name: x, files: [linked/outside.yaml]}]"
            })
    void readsNothingOutsideOfTheTree(String kustomization) throws Exception {
        Path root = Files.createDirectories(folder.resolve("root/app"));
        Files.writeString(folder.resolve("outside.yaml"), SECRET);
        Files.writeString(root.resolve("kustomization.yaml"), kustomization);
        Files.createSymbolicLink(root.resolve("link.yaml"), folder.resolve("outside.yaml"));
        Files.createSymbolicLink(root.resolve("linked"), folder);
        DirectoryTree tree = new DirectoryTree(folder.resolve("root"));

        for (LoadRestrictor restrictor : LoadRestrictor.values()) {
            BuildOptions options = BuildOptions.DEFAULT.withLoadRestrictor(restrictor);
            assertThatExceptionOfType(BuildException.class)
                    .isThrownBy(() -> Kustomize.build(tree, "app", options))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/org/repo//app?ref=v1",
                "https://example.com/deployment.yaml",
                "git@github.com:org/repo.git",
                "github.com/org/repo//app"
            })
    void refusesRemoteResourcesAndSaysHowToAllowThem(String url) {
        MemoryTree tree =
                MemoryTree.ofText(Map.of("kustomization.yaml", "resources: [\"" + url + "\"]"));

        assertThatExceptionOfType(BuildException.class)
                .isThrownBy(() -> Kustomize.build(tree, "", BuildOptions.DEFAULT))
                .withMessageContaining("--allow-remote");
    }

    @Test
    void refusesAliasesThatGrowWithoutBound() {
        StringBuilder bomb =
                new StringBuilder(CONFIG_MAP).append("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s, %s, %s, %s, %s, %s]\n"
                            .formatted(i, i, before, before, before, before, before, before));
        }

        fails(Map.of("kustomization.yaml", "resources: [a.yaml]", "a.yaml", bomb.toString()));
        fails(Map.of("kustomization.yaml", bomb.toString()));
    }

    @Test
    void refusesAnchorsThatHoldThemselves() {
        fails(
                Map.of(
                        "kustomization.yaml",
                        "resources: [a.yaml]",
                        "a.yaml",
                        CONFIG_MAP + "a: &x {b: *x}\n"));
        fails(Map.of("kustomization.yaml", "labels: &x [*x]\n"));
    }

    @Test
    void refusesDocumentsThatAreNestedTooDeep() {
        String deep = "[".repeat(100_000);

        fails(
                Map.of(
                        "kustomization.yaml",
                        "resources: [a.yaml]",
                        "a.yaml",
                        CONFIG_MAP + "a: " + deep));
        fails(Map.of("kustomization.yaml", "resources: " + deep));
    }

    @Test
    void refusesCyclesOfAnyLength() {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            files.put(i + "/kustomization.yaml", "resources: [../" + (i + 1) % 30 + "]");
        }

        assertThatExceptionOfType(BuildException.class)
                .isThrownBy(
                        () -> Kustomize.build(MemoryTree.ofText(files), "0", BuildOptions.DEFAULT))
                .withMessageContaining("cycle detected");
    }

    @Test
    void stopsAtTheNumberOfFilesBytesAndResources() {
        MemoryTree tree =
                MemoryTree.ofText(
                        Map.of(
                                "kustomization.yaml",
                                "resources: [a.yaml, b.yaml]",
                                "a.yaml",
                                CONFIG_MAP,
                                "b.yaml",
                                CONFIG_MAP.replace("name: a", "name: b")));
        BuildLimits usual = BuildLimits.DEFAULT;

        failsWith(tree, "2 files", new BuildLimits(2, 1000, 1000, 100, 100, 100, usual.time()));
        failsWith(tree, "100 bytes", new BuildLimits(10, 1000, 100, 100, 100, 100, usual.time()));
        failsWith(
                tree,
                "larger than 40 bytes",
                new BuildLimits(10, 40, 1000, 100, 100, 100, usual.time()));
        failsWith(tree, "1 resources", new BuildLimits(10, 1000, 1000, 100, 100, 1, usual.time()));
        failsWith(
                tree,
                "longer than",
                new BuildLimits(10, 1000, 1000, 100, 100, 10, Duration.ZERO.minusNanos(1)));
    }

    @Test
    void endsReplacementsThatMakeElementsWhichNeverFit() {
        fails(
                Map.of(
                        "kustomization.yaml",
                        """
                        resources: [a.yaml]
                        replacements:
                        - sourceValue: x
                          targets:
                          - select: {kind: ConfigMap}
                            fieldPaths: ["list.[name=^(b+)$].value"]
                            options: {create: true}
                        """,
                        "a.yaml",
                        CONFIG_MAP + "list: [{name: a}]\n"));
    }

    @Test
    void answersExpressionsThatWouldTakeOthersForEver() throws Exception {
        MemoryTree tree =
                MemoryTree.ofText(
                        Map.of(
                                "kustomization.yaml",
                                """
                                resources: [a.yaml]
                                patches:
                                - target: {name: "(a+)+b"}
                                  patch: '[{"op": "add", "path": "/data", "value": {}}]'
                                """,
                                "a.yaml",
                                CONFIG_MAP.replace("name: a", "name: " + "a".repeat(5_000))));

        assertThat(Kustomize.build(tree, "", BuildOptions.DEFAULT).resources()).hasSize(1);
    }

    private static void fails(Map<String, String> files) {
        assertThatExceptionOfType(BuildException.class)
                .isThrownBy(
                        () -> Kustomize.build(MemoryTree.ofText(files), "", BuildOptions.DEFAULT));
    }

    private static void failsWith(MemoryTree tree, String message, BuildLimits limits) {
        assertThatExceptionOfType(BuildException.class)
                .isThrownBy(
                        () -> Kustomize.build(tree, "", BuildOptions.DEFAULT.withLimits(limits)))
                .withMessageContaining(message);
    }
}
