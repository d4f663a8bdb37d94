package dev.sluice.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.tree.MemoryTree;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How kustomizations and the configurations of plugins are read where they are written oddly. */
class ConfigurationReadingTest {

    private static final String CONFIG_MAP =
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n";

    @Test
    void ofTwoSpellingsOfAFieldTheOneThatSortsLastWins() throws BuildException {
        String yaml =
                build(
                        Map.of(
                                "kustomization.yaml",
                                "nameprefix: low-\nresources: [c.yaml]\nnamePrefix: camel-\n",
                                "c.yaml",
                                CONFIG_MAP));

        assertThat(yaml).contains("name: low-c\n");
    }

    @Test
    void mapsUnderTwoSpellingsAreJoined() throws BuildException {
        String yaml =
                build(
                        Map.of(
                                "kustomization.yaml",
                                "commonAnnotations: {a: '1'}\ncommonannotations: {b: '2'}\nresources: [c.yaml]\n",
                                "c.yaml",
                                CONFIG_MAP));

        assertThat(yaml).contains("    a: \"1\"\n    b: \"2\"\n");
    }

    @Test
    void aPluginTakesNumbersAndBooleansForTexts() throws BuildException {
        String plugin =
                "apiVersion: builtin\nkind: AnnotationsTransformer\nmetadata: {name: true}\n"
                        + "annotations: {on: true, version: 1.10}\nfieldSpecs: [{path: metadata/annotations, create: true}]\n";

        String yaml =
                build(
                        Map.of(
                                "kustomization.yaml",
                                "resources: [c.yaml]\ntransformers: [t.yaml]\n",
                                "c.yaml",
                                CONFIG_MAP,
                                "t.yaml",
                                plugin));

        assertThat(yaml).contains("    \"on\": \"true\"\n    version: \"1.1\"\n");
    }

    @Test
    void theKindOfAFieldIsNoNumberEvenInAPlugin() {
        String plugin =
                "apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: p}\nprefix: a-\n"
                        + "fieldSpecs: [{path: metadata/name, kind: 1}]\n";

        assertThatThrownBy(() ->
                        build(
                                Map.of(
                                        "kustomization.yaml",
                                        "transformers: [t.yaml]\n",
                                        "t.yaml",
                                        plugin)))
                .hasMessageContaining("cannot unmarshal number into Go struct field");
    }

    @Test
    void aKeyThatIsThereTwiceInAPluginIsAnError() {
        String plugin =
                "apiVersion: builtin\nkind: HashTransformer\nmetadata:\n  name: a\n  name: b\n";

        assertThatThrownBy(() ->
                        build(
                                Map.of(
                                        "kustomization.yaml",
                                        "transformers: [t.yaml]\n",
                                        "t.yaml",
                                        plugin)))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("mapping key \"name\" already defined");
    }

    @Test
    void aSchemaThatStartsAsJsonIsJsonToItsEnd() {
        assertThatThrownBy(() ->
                        build(
                                Map.of(
                                        "kustomization.yaml",
                                        "openapi: {path: s.json}\nresources: [c.yaml]\n",
                                        "s.json",
                                        "{\"definitions\": {}}}",
                                        "c.yaml",
                                        CONFIG_MAP.replace("kind: ConfigMap", "kind: Foo"))))
                .hasMessageContaining("invalid schema file");
    }

    @Test
    void anApiVersionThatIsNoGroupAndVersionIsRefusedWhereItMayHoldReferences() {
        String pod = "apiVersion: /v1\nkind: Pod\nmetadata: {name: p}\n";

        assertThatThrownBy(() ->
                        build(Map.of("kustomization.yaml", "resources: [p.yaml]\n", "p.yaml", pod)))
                .hasMessageContaining("mismatch '/v1' != 'v1'");
    }

    @Test
    void objectsThatAPatchMadeOneAreRefused() {
        String two = CONFIG_MAP + "---\n" + CONFIG_MAP.replace("name: c", "name: d");
        String patch =
                "patches:\n- target: {kind: ConfigMap}\n  options: {allowNameChange: true}\n"
                        + "  patch: |-\n    - op: replace\n      path: /metadata/name\n      value: same\n";

        assertThatThrownBy(() ->
                        build(
                                Map.of(
                                        "kustomization.yaml",
                                        "sortOptions: {order: fifo}\nresources: [two.yaml]\n"
                                                + patch,
                                        "two.yaml",
                                        two)))
                .hasMessageContaining("already registered id");
    }

    @Test
    void theHashSeesNumbersThatAReplacementWrote() throws BuildException {
        String source = "kind: Pod\napiVersion: v1\nmetadata: {name: p}\nspec: {port: 80}\n";
        String kustomization =
                "resources: [p.yaml]\nconfigMapGenerator: [{name: c}]\nreplacements:\n"
                        + "- source: {kind: Pod, fieldPath: spec.port}\n"
                        + "  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.PORT], options: {create: true}}]\n";

        String yaml = build(Map.of("kustomization.yaml", kustomization, "p.yaml", source));

        assertThat(yaml).contains("PORT: 80\n", "name: c-c8m94fth9d\n");
    }

    private static String build(Map<String, String> files) throws BuildException {
        return Kustomize.build(MemoryTree.ofText(files), "", BuildOptions.DEFAULT).toYaml();
    }
}
