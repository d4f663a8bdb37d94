package dev.sluice.kustomize.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaSetTest {
    private final SchemaSet set = SchemaSet.builtIn();

    @Test
    void knowsHowContainersMerge() {
        TypeSchema spec =
                set.forKind("apps/v1", "Deployment").field("spec").field("template").field("spec");

        assertThat(spec.field("containers").mergesElements()).isTrue();
        assertThat(spec.field("containers").mergeKeys()).containsExactly("name");
        assertThat(spec.field("volumes").mergesElements()).isTrue();
        assertThat(spec.field("tolerations").mergesElements()).isFalse();
        assertThat(spec.field("containers").elements().field("ports").mergeKeys())
                .containsExactly("containerPort", "protocol");
        assertThat(spec.field("nosuch")).isNull();
    }

    @Test
    void knowsWhichKindsHaveANamespace() {
        assertThat(set.isNamespaced("v1", "ConfigMap")).contains(true);
        assertThat(set.isNamespaced("v1", "Namespace")).contains(false);
        assertThat(set.isNamespaced("policy/v1beta1", "PodSecurityPolicy")).contains(false);
        assertThat(set.isNamespaced("example.com/v1", "Custom")).isEmpty();
    }

    @Test
    void followsTypesThatHoldThemselves() {
        TypeSchema schema =
                set.forKind("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                        .field("spec")
                        .field("versions")
                        .elements()
                        .field("schema")
                        .field("openAPIV3Schema");

        for (int i = 0; i < 50; i++) {
            schema = schema.field("properties").field("any");
        }

        assertThat(schema).isNotNull();
    }

    @Test
    void readsTheTypesOfAUser() {
        SchemaSet own =
                SwaggerReader.read(
                        """
                        definitions:
                          v1.Spec:
                            properties:
                              lists:
                                additionalProperties: {$ref: "#/definitions/v1.List"}
                              lost: {$ref: "#/definitions/nowhere"}
                              inner: {properties: {x: {type: string}}}
                          v1.List:
                            type: array
                            items: {type: object}
                            x-kubernetes-patch-strategy: merge,retainKeys
                            x-kubernetes-list-map-keys: [a, b]
                          v1.Own:
                            properties:
                              spec: {$ref: "#/definitions/v1.Spec"}
                            x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Own}]
                        paths:
                          /apis/example.com/v1/namespaces/{namespace}/owns:
                            get:
                              x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Own}
                        """);

        TypeSchema spec = own.forKind("example.com/v1", "Own").field("spec");
        assertThat(spec.field("lists").field("any").mergesElements()).isTrue();
        assertThat(spec.field("lists").field("any").mergeKeys()).containsExactly("a", "b");
        assertThat(spec.field("lost")).isNull();
        assertThat(spec.field("inner").field("x")).isNotNull();
        assertThat(own.isNamespaced("example.com/v1", "Own")).contains(true);
        assertThat(own.forKind("apps/v1", "Deployment")).isNull();
    }

    @Test
    void ignoresCommentsThatAreNoSchema() {
        assertThat(set.fromComment("# plain words")).isNull();
        assertThat(set.fromComment("# {not json")).isNull();
        assertThat(set.fromComment("# {}")).isNull();
        assertThat(
                        set.fromComment(
                                        "# {\"$ref\": \"#/definitions/io.k8s.api.core.v1.PodSpec\"}")
                                .field("containers")
                                .mergesElements())
                .isTrue();
    }
}
