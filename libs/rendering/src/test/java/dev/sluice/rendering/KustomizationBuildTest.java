package dev.sluice.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.tree.MemoryTree;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KustomizationBuildTest {

    private final Map<String, String> files = new LinkedHashMap<>();
    private final KustomizationBuild build = new KustomizationBuild(BuildLimits.DEFAULT);

    @Test
    void buildsAFolderOfPlainManifests() throws Exception {
        files.put("app/a.yaml", configMap("a", "1"));
        files.put("app/deep/b.yml", configMap("b", "2") + "---\n" + configMap("c", "3"));
        files.put("app/readme.md", "# words");
        files.put("beside.yaml", configMap("beside", "4"));

        Rendering rendering = render("path: ./app\ntargetNamespace: team\nnamePrefix: x-\n");

        assertThat(rendering.objects())
                .extracting(object -> object.id().display())
                .containsExactlyInAnyOrder(
                        "ConfigMap/team/x-a", "ConfigMap/team/x-b", "ConfigMap/team/x-c");
    }

    @Test
    void laysTheSpecOverTheFoldersOwnFile() throws Exception {
        files.put("base/kustomization.yml", "resources: [cm.yaml]\n");
        files.put("base/cm.yaml", configMap("settings", "1"));
        files.put("over/kustomization.yaml", "resources: [../base]\nnamePrefix: own-\nodd: true\n");

        Rendering rendering =
                render(
                        """
                        path: over
                        namePrefix: spec-
                        patches:
                        - patch: |
                            - op: replace
                              path: /data/v
                              value: patched
                          target: {kind: ConfigMap}
                        """);

        assertThat(rendering.objects())
                .singleElement()
                .satisfies(object -> {
                    assertThat(object.name()).isEqualTo("spec-settings");
                    assertThat(object.tree().at("/data/v").asText()).isEqualTo("patched");
                });
    }

    @Test
    void holdsNothingForAnEmptyFolder() throws Exception {
        files.put("app/readme.md", "nothing yet");

        assertThat(render("path: app\n").objects()).isEmpty();
    }

    @Test
    void saysThatThePathIsMissing() {
        files.put("other/a.yaml", configMap("a", "1"));

        assertThatExceptionOfType(PathNotFoundException.class)
                .isThrownBy(() -> render("path: ./app\n"))
                .withMessageContaining("kustomization path not found");
    }

    @Test
    void namesFileAndLineOfABrokenManifest() {
        files.put("app/a.yaml", configMap("a", "1"));
        files.put("app/broken.yaml", "kind: ConfigMap\nmetadata:\n  name: [\n");

        assertThatExceptionOfType(BuildException.class)
                .isThrownBy(() -> render("path: app\n"))
                .satisfies(e -> assertThat(e.getMessage() + e.place()).contains("broken.yaml"));
    }

    @Test
    void readsOnlyWhatItNeedsSoThatOtherChangesDoNotCount() throws Exception {
        files.put("one/a.yaml", configMap("a", "1"));
        files.put("two/b.yaml", configMap("b", "1"));
        Rendering one = render("path: one\n");

        files.put("two/b.yaml", configMap("b", "2"));
        boolean afterOther = one.readSet().stillValid(MemoryTree.ofText(files));
        files.put("one/new.yaml", configMap("n", "1"));
        boolean afterOwn = one.readSet().stillValid(MemoryTree.ofText(files));

        assertThat(afterOther).isTrue();
        assertThat(afterOwn).isFalse();
    }

    @Test
    void buildsOverDecryptedFilesSoThatNamesFollowWhatTheyHold() throws Exception {
        files.put("app/kustomization.yaml", "secretGenerator:\n- name: s\n  envs: [s.env]\n");
        files.put("app/s.env", "WORD=ENC[x]\nsops_mac=ENC[y]\n");
        String spec = "path: app\ndecryption: {provider: sops}\n";

        Rendering encrypted = render(spec);
        Rendering clear =
                build.render(
                        MemoryTree.ofText(files),
                        SpecOverlayTest.spec(spec),
                        (file, content) -> "WORD=clear\n".getBytes(StandardCharsets.UTF_8));

        assertThat(encrypted.encrypted())
                .extracting(EncryptedFile::path)
                .containsExactly("app/s.env");
        assertThat(names(clear.objects())).isNotEqualTo(names(encrypted.objects()));
        assertThat(ObjectText.of(clear.objects())).contains("WORD: Y2xlYXI=");
    }

    private static List<String> names(List<KubernetesObject> objects) {
        return objects.stream().map(KubernetesObject::name).toList();
    }

    private Rendering render(String spec) throws Exception {
        return build.render(MemoryTree.ofText(files), SpecOverlayTest.spec(spec));
    }

    private static String configMap(String name, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: %s\ndata:\n  v: \"%s\"\n"
                .formatted(name, value);
    }
}
