package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoJsonTest {
    @Test
    void printsSortedCompactAndEscaped() {
        Node root =
                YamlReader.MANIFEST.read(
                        "b: [1, 1.50, ~, true]\na: \"<&>\\u2028\\t\\x01\\\"é😀\"\n");

        assertThat(GoJson.write(root))
                .isEqualTo(
                        "{\"a\":\"\\u003c\\u0026\\u003e\\u2028\\t\\u0001\\\"é😀\",\"b\":[1,1.5,null,true]}");
        assertThat(GoJson.write(Node.string("<"), false)).isEqualTo("\"<\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1e21, 1e+21",
        "1e20, 100000000000000000000",
        "1e-7, 1e-7",
        "0.000001, 0.000001",
        "2e23, 2e+23",
        "1.5, 1.5",
        "-0.0, -0"
    })
    void printsFloatsAsGoDoes(double value, String expected) {
        assertThat(GoNumbers.json(value)).isEqualTo(expected);
    }

    @Test
    void sortsByBytesNotByUtf16() {
        Node root = Node.mapping().put("\uFF5E", "1").put("😀", "2");

        assertThat(GoJson.write(root)).isEqualTo("{\"\uFF5E\":\"1\",\"😀\":\"2\"}");
    }

    @Test
    void convertsToJacksonAndBack() {
        Node root =
                YamlReader.MANIFEST.read(
                        "s: x\nn: 017\nu: 18446744073709551615\nf: 1.5\nd: 2001-01-01\nl: [a, ~]\n");

        Node back = JsonTrees.fromJson(JsonTrees.toJson(root));

        assertThat(GoJson.write(back)).isEqualTo(GoJson.write(root));
        assertThat(JsonTrees.toObject(root).get("d").textValue()).isEqualTo("2001-01-01T00:00:00Z");
        assertThat(JsonTrees.toObject(root).get("n").isLong()).isTrue();
    }

    @Test
    void convertsKustomizationFilesAsYaml11() {
        Node root = YamlReader.KUSTOMIZATION.read("on: yes\n1: 2001-01-01\na: 1\na: 2\n");

        assertThat(JsonTrees.toJson11(root).toString())
                .isEqualTo("{\"true\":true,\"1\":\"2001-01-01\",\"a\":2}");
    }
}
