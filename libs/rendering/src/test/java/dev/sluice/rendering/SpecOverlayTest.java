package dev.sluice.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.MemoryTree;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlReader;
import dev.sluice.yaml.YamlWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecOverlayTest {

    private static final String SOURCE =
            """
            interval: 1m
            prune: true
            sourceRef: {kind: GitRepository, name: src}
            """;

    @Test
    void setsNamespacePrefixAndSuffixInPlaceOfTheFilesOwn() throws Exception {
        assertThat(
                        merged(
                                """
                                resources: [a.yaml]
                                namespace: own
                                namePrefix: own-
                                nameSuffix: -own
                                """,
                                """
                                targetNamespace: spec
                                namePrefix: spec-
                                """))
                .isEqualTo(
                        """
                        namePrefix: spec-
                        nameSuffix: -own
                        namespace: spec
                        resources:
                        - a.yaml
                        """);
    }

    @Test
    void appendsPatchesAndComponents() throws Exception {
        assertThat(
                        merged(
                                """
                                resources: [a.yaml]
                                components: [own]
                                patches:
                                - path: own.yaml
                                """,
                                """
                                components: [part, part/../other]
                                patches:
                                - patch: "kind: A"
                                - patch: "- op: remove"
                                  target: {kind: B, name: x.*, labelSelector: a=b}
                                """))
                .isEqualTo(
                        """
                        components:
                        - own
                        - part
                        - part/../other
                        patches:
                        - path: own.yaml
                        - patch: 'kind: A'
                        - patch: '- op: remove'
                          target:
                            kind: B
                            labelSelector: a=b
                            name: x.*
                        resources:
                        - a.yaml
                        """);
    }

    @Test
    void mergesImagesFieldByFieldWithTagAndDigestAsOne() throws Exception {
        assertThat(
                        merged(
                                """
                                resources: [a.yaml]
                                images:
                                - {name: web, newName: mirror/web, newTag: "1.5"}
                                - {name: side, newTag: "1", digest: "sha256:aa"}
                                - {name: left, newTag: "2"}
                                """,
                                """
                                images:
                                - {name: web, newTag: "2.0"}
                                - {name: side, digest: "sha256:bb"}
                                - {name: left, newName: right}
                                - {name: fresh, newName: else, newTag: v3}
                                """))
                .isEqualTo(
                        """
                        images:
                        - name: web
                          newName: mirror/web
                          newTag: "2.0"
                        - digest: sha256:bb
                          name: side
                        - name: left
                          newName: right
                          newTag: "2"
                        - name: fresh
                          newName: else
                          newTag: v3
                        resources:
                        - a.yaml
                        """);
    }

    @Test
    void leavesOutFieldsThatKustomizeDoesNotKnow() throws Exception {
        assertThat(merged("ressources: [b.yaml]\nresources: [a.yaml]\n", ""))
                .isEqualTo("resources:\n- a.yaml\n");
    }

    @Test
    void keepsAFileWithoutResourcesFromBeingEmpty() throws Exception {
        assertThat(merged("namePrefix: a-\n", ""))
                .isEqualTo("buildMetadata:\n- originAnnotations\nnamePrefix: a-\n");
    }

    @Test
    void putsTheSpecsBuildMetadataInPlaceOfTheFiles() throws Exception {
        assertThat(
                        merged(
                                "resources: [a]\nbuildMetadata: [managedByLabel]\n",
                                "buildMetadata: [transformerAnnotations]\n"))
                .isEqualTo("buildMetadata:\n- transformerAnnotations\nresources:\n- a\n");
    }

    @Test
    void skipsMissingComponentsOnlyWhereTheSpecSaysSo() throws Exception {
        String components = "components: [gone, part]\n";

        assertThat(merged("resources: [a]\n", components + "ignoreMissingComponents: true\n"))
                .isEqualTo("components:\n- part\nresources:\n- a\n");
        assertThat(merged("resources: [a]\n", components)).contains("- gone\n");
    }

    @Test
    void refusesComponentsFromElsewhere() {
        assertThatExceptionOfType(BuildException.class)
                .isThrownBy(() -> merged("resources: [a]\n", "components: ['https://host/part']\n"))
                .withMessageContaining("must be local and relative");
    }

    private static String merged(String file, String spec) throws Exception {
        FileTree tree =
                MemoryTree.ofText(
                        Map.of(
                                "app/kustomization.yaml",
                                file,
                                "app/part/kustomization.yaml",
                                "kind: Component\n"));
        KustomizationFile found = KustomizationFile.findOrGenerate(tree, "app");
        return YamlWriter.manifest(new SpecOverlay(tree, "app", spec(spec)).over(found));
    }

    static KustomizationSpec spec(String text) throws Exception {
        ObjectNode json = JsonTrees.toObject(YamlReader.MANIFEST.read(SOURCE + text));
        return FluxJson.read(json, KustomizationSpec.class);
    }
}
