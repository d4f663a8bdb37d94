package dev.sluice.kubernetes.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrunerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A document in the manner of the API server's, with one of each sort of field. */
    private static final String DOCUMENT =
            """
            {'components': {'schemas': {
              'io.k8s.apimachinery.pkg.api.resource.Quantity': {'oneOf': [{'type': 'string'}, {'type': 'number'}]},
              'io.k8s.apimachinery.pkg.util.intstr.IntOrString': {'oneOf': [{'type': 'integer'}, {'type': 'string'}]},
              'io.k8s.api.core.v1.EnvVar': {'type': 'object', 'properties': {'name': {'type': 'string', 'default': ''}, 'value': {'type': 'string'}}},
              'io.k8s.api.core.v1.ServicePort': {'type': 'object', 'properties': {'port': {'type': 'integer'}, 'protocol': {'type': 'string'},
                 'targetPort': {'allOf': [{'$ref': '#/components/schemas/io.k8s.apimachinery.pkg.util.intstr.IntOrString'}]}}},
              'x.Inner': {'type': 'object', 'properties': {'size': {'allOf': [{'$ref': '#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity'}]}}},
              'x.Thing': {'type': 'object', 'x-kubernetes-group-version-kind': [{'group': 'g', 'kind': 'Thing', 'version': 'v1'}], 'properties': {
                 'text': {'type': 'string'}, 'bytes': {'type': 'string', 'format': 'byte'}, 'count': {'type': 'integer'}, 'flag': {'type': 'boolean'},
                 'inner': {'allOf': [{'$ref': '#/components/schemas/x.Inner'}], 'default': {}},
                 'pointer': {'$ref': '#/components/schemas/x.Inner'},
                 'labels': {'type': 'object', 'additionalProperties': {'type': 'string', 'default': ''}},
                 'env': {'type': 'array', 'items': {'allOf': [{'$ref': '#/components/schemas/io.k8s.api.core.v1.EnvVar'}], 'default': {}}},
                 'ports': {'type': 'array', 'items': {'$ref': '#/components/schemas/io.k8s.api.core.v1.ServicePort'}},
                 'raw': {'type': 'object'}}}
            }}}
            """;

    private final SchemaDocument document = SchemaDocument.of(read(DOCUMENT), "g", "v1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {'inner': {}}",
                "{'txet': 1, 'text': 'a'} | {'text': 'a', 'inner': {}}",
                "{'inner': {'size': '1024Mi', 'siez': 1}} | {'inner': {'size': '1Gi'}}",
                "{'inner': {'size': 0.5}} | {'inner': {'size': '500m'}}",
                "{'pointer': {}} | {'pointer': {}, 'inner': {}}",
                "{'pointer': null, 'text': null} | {'inner': {}}",
                "{'labels': {}, 'env': [], 'ports': []} | {'inner': {}}",
                "{'labels': {'a': null}} | {'labels': {'a': ''}, 'inner': {}}",
                "{'env': [{'name': 'A', 'value': ''}, null]} | {'env': [{'name': 'A'}, {}], 'inner': {}}",
                "{'flag': false, 'count': 0} | {'flag': false, 'count': 0, 'inner': {}}",
                "{'ports': [{'port': 80, 'targetPort': 'http'}]} | {'ports': [{'port': 80, 'targetPort': 'http', 'protocol': 'TCP'}], 'inner': {}}",
                "{'ports': [{'port': 80, 'protocol': 'UDP'}]} | {'ports': [{'port': 80, 'protocol': 'UDP'}], 'inner': {}}",
                "{'raw': {'anything': [1, null]}} | {'raw': {'anything': [1, null]}, 'inner': {}}",
                "{'bytes': 'b2xk'} | {'bytes': 'b2xk', 'inner': {}}",
            })
    void writesWhatATypedClientWouldWrite(String in, String out) throws Exception {
        assertThat(prune(in)).isEqualTo(read(out));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'text': 1}",
                "{'count': '1'}",
                "{'count': 1.5}",
                "{'flag': 'yes'}",
                "{'labels': {'a': 1}}",
                "{'labels': []}",
                "{'env': {}}",
                "{'inner': 'x'}",
                "{'inner': {'size': 'big'}}",
                "{'bytes': '!'}",
                "{'ports': [{'targetPort': true}]}",
            })
    void refusesWhatATypedClientCouldNotRead(String in) {
        assertThatThrownBy(() -> prune(in)).isInstanceOf(Pruner.MismatchException.class);
    }

    @Test
    void knowsOnlyTheKindsOfItsVersion() {
        assertThat(document.kind("Thing")).isNotNull();
        assertThat(SchemaDocument.of(read(DOCUMENT), "g", "v2").kind("Thing")).isNull();
    }

    private JsonNode prune(String json) throws Pruner.MismatchException {
        return Objects.requireNonNull(
                new Pruner(document)
                        .prune(read(json), Objects.requireNonNull(document.kind("Thing"))));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
