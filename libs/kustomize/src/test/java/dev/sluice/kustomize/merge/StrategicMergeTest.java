package dev.sluice.kustomize.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kustomize.schema.SchemaSet;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlReader;
import dev.sluice.yaml.YamlWriter;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class StrategicMergeTest {
    private static final String DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\n";
    private static final String CUSTOM = "apiVersion: example.com/v1\nkind: Custom\n";

    private static Node merged(String target, String patch) throws MergeException {
        return StrategicMerge.apply(
                YamlReader.MANIFEST.read(target),
                YamlReader.MANIFEST.read(patch),
                SchemaSet.builtIn());
    }

    private static String spec(String head, String target, String patch) throws MergeException {
        Node result =
                merged(head + "spec:\n" + target.indent(2), head + "spec:\n" + patch.indent(2));
        return YamlWriter.manifest(result.get("spec"));
    }

    private static String podSpec(String target, String patch) throws MergeException {
        Node result =
                merged(
                        DEPLOYMENT + "spec:\n  template:\n    spec:\n" + target.indent(6),
                        DEPLOYMENT + "spec:\n  template:\n    spec:\n" + patch.indent(6));
        return YamlWriter.manifest(result.at("spec", "template", "spec"));
    }

    @Test
    void mergesContainersByNameAndPutsNewOnesFirst() throws MergeException {
        String result =
                podSpec(
                        "containers:\n- name: a\n  image: x:1\n- name: b\n  image: y:1",
                        "containers:\n- name: new\n  image: z:1\n- name: b\n  image: y:2");

        assertThat(result)
                .isEqualTo(
                        """
                        containers:
                        - image: z:1
                          name: new
                        - image: y:2
                          name: b
                        - image: x:1
                          name: a
                        """);
    }

    @Test
    void mergesListsOfScalarsThatTheSchemaSaysAreSets() throws MergeException {
        Node result =
                merged(
                        DEPLOYMENT + "metadata:\n  finalizers: [a, b]\n",
                        DEPLOYMENT + "metadata:\n  finalizers: [c, b]\n");

        assertThat(YamlWriter.manifest(result.at("metadata", "finalizers")))
                .isEqualTo("- c\n- b\n- a\n");
    }

    @Test
    void replacesListsWithoutMergeKeys() throws MergeException {
        assertThat(
                        podSpec(
                                "containers:\n- name: a\n  args: [x, y]",
                                "containers:\n- name: a\n  args: [z]"))
                .isEqualTo("containers:\n- args:\n  - z\n  name: a\n");
    }

    @Test
    void replacesListsOfKindsThatItDoesNotKnow() throws MergeException {
        assertThat(
                        spec(
                                CUSTOM,
                                "containers:\n- name: a\n  image: x",
                                "containers:\n- name: a\n  tag: y"))
                .isEqualTo("containers:\n- name: a\n  tag: \"y\"\n");
    }

    @Test
    void removesWhatThePatchSetsToNull() throws MergeException {
        assertThat(spec(CUSTOM, "a: 1\nb: {c: 2, d: 3}", "a: null\nb: {c: ~}"))
                .isEqualTo("b:\n  d: 3\n");
    }

    @Test
    void keepsANullThatTheTargetWrotesOutAndDropsOneThatItLeftEmpty() throws MergeException {
        assertThat(spec(CUSTOM, "a: null\nb:\nc: 1", "d: 2")).isEqualTo("a: null\nc: 1\nd: 2\n");
    }

    @Test
    void deletesAndReplacesByDirective() throws MergeException {
        assertThat(
                        podSpec(
                                "containers:\n- name: a\n- name: b",
                                "containers:\n- name: a\n  $patch: delete"))
                .isEqualTo("containers:\n- name: b\n");
        assertThat(
                        podSpec(
                                "containers:\n- name: a\n- name: b",
                                "containers:\n- $patch: replace\n- name: c"))
                .isEqualTo("containers:\n- name: c\n");
        assertThat(spec(CUSTOM, "a: {b: 1, c: 2}", "a: {$patch: replace, d: 3}"))
                .isEqualTo("a:\n  d: 3\n");
        assertThat(spec(CUSTOM, "a: {b: 1}\ne: 1", "a: {$patch: delete}")).isEqualTo("e: 1\n");
    }

    @Test
    void deletesTheWholeObjectByDirective() throws MergeException {
        assertThat(merged(CUSTOM + "spec: {}\n", CUSTOM + "$patch: delete\n")).isNull();
    }

    @Test
    void refusesADirectiveThatItDoesNotKnow() {
        assertThatThrownBy(() -> spec(CUSTOM, "a: {b: 1}", "a: {$patch: mix}"))
                .isInstanceOf(MergeException.class)
                .hasMessage("unknown patch strategy 'mix'");
    }

    @Test
    void refusesToMergeAMappingIntoAScalarWithoutShowingEither() {
        assertThatThrownBy(() -> spec(CUSTOM, "a: secret", "a: {b: secret}"))
                .isInstanceOf(MergeException.class)
                .hasMessageContaining("expected ScalarNode but got MappingNode")
                .hasMessageNotContaining("secret");
    }

    @Test
    void mergesPortsByTwoKeys() throws MergeException {
        String result =
                podSpec(
                        "containers:\n- name: a\n  ports:\n  - {containerPort: 80, protocol: TCP}\n  - {containerPort: 80, protocol: UDP}",
                        "containers:\n- name: a\n  ports:\n  - {containerPort: 80, protocol: UDP, name: dns}");

        assertThat(result)
                .contains("name: dns\n    protocol: UDP")
                .contains("- containerPort: 80\n    protocol: TCP");
    }

    @Test
    void writesAReplacedValueInTheFormerOnesStyle() throws MergeException {
        assertThat(spec(CUSTOM, "a: '1'\nb: 1", "a: 2\nb: '2'")).isEqualTo("a: \"2\"\nb: \"2\"\n");
    }

    @Test
    void takesAFieldsSchemaFromItsComment() throws MergeException {
        String target =
                "list: # {\"type\":\"array\",\"x-kubernetes-patch-strategy\":\"merge\",\"x-kubernetes-patch-merge-key\":\"id\"}\n"
                        + "- id: a\n  v: 1\n";

        assertThat(spec(CUSTOM, target, "list:\n- id: a\n  w: 2"))
                .isEqualTo("list:\n- id: a\n  v: 1\n  w: 2\n");
    }

    @Test
    void leavesThePatchAsItWas() throws MergeException {
        Node patch =
                YamlReader.MANIFEST.read(
                        DEPLOYMENT
                                + "spec: {template: {spec: {containers: [{name: a, $patch: delete}]}}}\n");
        Node before = patch.deepCopy();

        StrategicMerge.apply(
                YamlReader.MANIFEST.read(
                        DEPLOYMENT + "spec: {template: {spec: {containers: [{name: a}]}}}\n"),
                patch,
                SchemaSet.builtIn());

        assertThat(patch.sameAs(before)).isTrue();
    }

    @Test
    void mergesLongListsInReasonableTime() {
        StringBuilder target = new StringBuilder("containers:\n- name: a\n  env:\n");
        StringBuilder patch = new StringBuilder("containers:\n- name: a\n  env:\n");
        for (int i = 0; i < 20_000; i++) {
            target.append("  - {name: E%d, value: a}\n".formatted(i));
            patch.append("  - {name: E%d, value: b}\n".formatted(i * 2));
        }

        String result =
                Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(30), () -> podSpec(target.toString(), patch.toString()));

        assertThat(result).contains("name: E39998").contains("name: E19999");
    }
}
