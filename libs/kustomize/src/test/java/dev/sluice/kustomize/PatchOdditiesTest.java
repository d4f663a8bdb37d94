package dev.sluice.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.tree.MemoryTree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What patches, components and plugins do where nobody would guess it; as kustomize does. */
class PatchOdditiesTest {

    private static final String FOO =
            "apiVersion: example.com/v1\nkind: Foo\nmetadata:\n  name: b\n  labels:\n";

    @Test
    void aReplaceAtTheRootChangesNothing() throws BuildException {
        String patch =
                "patches:\n- patch: |\n    apiVersion: example.com/v1\n    kind: Foo\n"
                        + "    metadata: {name: b, extra: 1}\n    $patch: replace\n";

        assertThat(build(patch, FOO))
                .isEqualTo(
                        "apiVersion: example.com/v1\nkind: Foo\nmetadata:\n  labels: null\n  name: b\n");
    }

    @Test
    void aReplaceAtTheRootStillRefusesUnknownDirectivesBelow() {
        String patch =
                "patches:\n- patch: |\n    apiVersion: example.com/v1\n    kind: Foo\n"
                        + "    metadata: {name: b, $patch: x}\n    $patch: replace\n";

        assertThatThrownBy(() -> build(patch, FOO))
                .hasMessageContaining("unknown patch strategy 'x'");
    }

    @Test
    void aJsonPatchThatRemovesAllAnnotationsLeavesTheInternalOnes() throws BuildException {
        String object =
                "kind: Foo\nmetadata:\n  name: b\n  annotations: {internal.config.kubernetes.io/x: y, note: z}\n";
        String patch =
                "patches:\n- target: {kind: Foo}\n  patch: |-\n    - op: remove\n      path: /metadata/annotations\n";

        assertThat(build(patch, object))
                .isEqualTo(
                        "kind: Foo\nmetadata:\n  annotations:\n    internal.config.kubernetes.io/x: \"y\"\n  name: b\n");
    }

    @Test
    void aJsonPatchMakesTextsOfTheNumbersThatAnnotationsWere() throws BuildException {
        String object = "kind: Foo\nmetadata:\n  name: b\n  annotations: {sum: 0b11}\n";
        String patch =
                "patches:\n- target: {kind: Foo}\n  patch: |-\n    - op: add\n      path: /metadata/new\n      value: 1\n";

        assertThat(build(patch, object)).contains("    sum: \"3\"\n");
    }

    @Test
    void aQueryThatNothingComesToIsNotRead() throws BuildException {
        String patch =
                "patches:\n- target: {kind: Bar, labelSelector: 'a=b=c='}\n  patch: |-\n    - op: remove\n      path: /x\n";

        assertThat(build(patch, FOO)).contains("kind: Foo");
    }

    @Test
    void specsThatDoNotAgreeAreFoundWhenAComponentIsTakenIn() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("kustomization.yaml", "components: [comp]\n");
        files.put("comp/kustomization.yaml", "kind: Component\nconfigurations: [c.yaml]\n");
        files.put("comp/c.yaml", "commonLabels: [{path: metadata/labels, kind: Deployment}]\n");

        assertThatThrownBy(() -> build(files))
                .hasMessageContaining("recursed merging from path")
                .hasMessageContaining("conflicting fieldspecs");
    }

    @Test
    void anAnnotationPluginFindsTheAnnotationsThatTheBuildItselfNeeds() throws BuildException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "kustomization.yaml", "configMapGenerator: [{name: c}]\ntransformers: [t.yaml]\n");
        files.put(
                "t.yaml",
                "apiVersion: builtin\nkind: AnnotationsTransformer\nmetadata: {name: t}\n"
                        + "annotations: {an: v}\nfieldSpecs: [{path: metadata/annotations}]\n");

        assertThat(build(files)).contains("  annotations:\n    an: v\n");
    }

    @Test
    void anAnnotationThatStartsWithATabAndHasLinesCannotBeWritten() {
        String object = "kind: Foo\nmetadata:\n  name: b\n  annotations: {a: \"\\tx\\ny\"}\n";

        assertThatThrownBy(() -> build("", object)).hasMessageContaining("found a tab character");
    }

    @Test
    void inAListOfItsKindThatTextCan() throws BuildException {
        String list =
                "kind: FooList\nitems:\n- kind: Foo\n  metadata: {name: b}\n  spec: \"\\tx\\ny\"\n";

        assertThat(build("", list)).contains("spec: \"\\tx\\ny\"\n");
    }

    @Test
    void aSchemaThatCannotBeReadMattersOnlyWhereItIsAsked() throws BuildException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("kustomization.yaml", "openapi: {path: s.json}\nresources: [object.yaml]\n");
        files.put("s.json", "");
        files.put("object.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n");

        assertThat(build(files)).contains("kind: Secret");

        files.put("object.yaml", FOO);
        assertThatThrownBy(() -> build(files)).hasMessageContaining("invalid schema file");
    }

    private static String build(String fields, String object) throws BuildException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("kustomization.yaml", "resources: [object.yaml]\n" + fields);
        files.put("object.yaml", object);
        return build(files);
    }

    private static String build(Map<String, String> files) throws BuildException {
        return Kustomize.build(MemoryTree.ofText(files), "", BuildOptions.DEFAULT).toYaml();
    }
}
