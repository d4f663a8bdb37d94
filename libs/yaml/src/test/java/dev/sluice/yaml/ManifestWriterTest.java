package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestWriterTest {
    private static String printed(String text) {
        return YamlWriter.manifest(Anchors.inline(YamlReader.MANIFEST.read(text)));
    }

    private static String printedValue(String value) {
        String line = YamlWriter.manifest(Node.mapping().put("k", value));
        return line.substring("k: ".length(), line.length() - 1);
    }

    @Test
    void sortsKeysAndLeavesListsUnindented() {
        String text = "b:\n    - x\n    - y: 1\n      a: 2\na: {z: [], y: {}}\n";

        assertThat(printed(text))
                .isEqualTo("a:\n  \"y\": {}\n  z: []\nb:\n- x\n- a: 2\n  \"y\": 1\n");
    }

    @Test
    void ordersKeysNaturally() {
        Node mapping = Node.mapping();
        for (String key :
                new String[] {
                    "ab", "aB", "a10", "a9", "a/b", "a.b", "a-b", "Beta", "10", "9", "1", "_x"
                }) {
            mapping.put(key, Node.integer(0));
        }

        assertThat(YamlReader.MANIFEST.read(YamlWriter.manifest(mapping)).keys())
                .containsExactly(
                        "_x", "1", "9", "10", "Beta", "a-b", "a.b", "a/b", "a9", "a10", "aB", "ab");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes|\"yes\"",
                "on|\"on\"",
                "017|\"017\"",
                "1_000|\"1_000\"",
                "12:30|\"12:30\"",
                "2001-01-01|\"2001-01-01\"",
                "~|\"~\"",
                "1.|\"1.\"",
                "``|\"\"",
                "#a|'#a'",
                "a: b|'a: b'",
                "*x|'*x'",
                "- a|'- a'",
                "<<|<<",
                "=|=",
                "1,000|1,000",
                ":a|:a",
                "it's|it's",
                "'x|'''x'",
                "a\\b|a\\b",
                "{}|'{}'",
                "` a`|' a'",
                "é漢|é漢",
                "😀|\"\\U0001F600\"",
                "a\tb|\"a\\tb\"",
                "@a|'@a'",
                "---|'---'",
                "null|\"null\"",
                "0o17|\"0o17\"",
                "v1|v1"
            })
    void quotesOnlyWhatNeedsIt(String value, String expected) {
        assertThat(printedValue(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "017, 15",
        "08, 8",
        "0x1F, 31",
        "1_000, 1000",
        "1.0, 1",
        "1e3, 1000",
        "1e23, 1e+23",
        "1234567.5, 1.2345675e+06",
        "0.00001, 1e-05",
        "-0.0, 0",
        "1e20, 1e+20",
        "18446744073709551615, 18446744073709551615"
    })
    void normalisesNumbers(String written, String expected) {
        assertThat(printed("k: " + written)).isEqualTo("k: " + expected + "\n");
    }

    @Test
    void writesSeveralLinesAsLiteralBlocks() {
        Node mapping =
                Node.mapping()
                        .put("clip", "a\nb\n")
                        .put("keep", "a\n\n")
                        .put("lead", "\na\n")
                        .put("strip", "a\nb")
                        .put("trailing", "a \nb\n");

        assertThat(YamlWriter.manifest(mapping))
                .isEqualTo(
                        """
                        clip: |
                          a
                          b
                        keep: |+
                          a

                        lead: |2

                          a
                        strip: |-
                          a
                          b
                        trailing: "a \\nb\\n"
                        """);
    }

    @Test
    void wrapsLongTextsNearColumnEighty() {
        String words = "word ".repeat(30).strip();

        String[] lines = YamlWriter.manifest(Node.mapping().put("k", words)).split("\n");

        assertThat(lines).hasSize(2);
        assertThat(lines[0]).hasSize(82);
        assertThat(lines[1]).startsWith("  word");
    }

    @Test
    void writesKeysOfMoreThan128BytesBehindAQuestionMark() {
        String key = "é".repeat(65);

        assertThat(YamlWriter.manifest(Node.mapping().put(key, "v")))
                .isEqualTo("? " + key + "\n: v\n");
    }

    @Test
    void takesInAnchorsAndMergeKeys() {
        String text = "a: &x {k: v, l: 1}\nb:\n  <<: *x\n  l: 2\nc: *x\n";

        assertThat(printed(text))
                .isEqualTo("a:\n  k: v\n  l: 1\nb:\n  k: v\n  l: 2\nc:\n  k: v\n  l: 1\n");
    }

    @Test
    void replacesAliasesThatAreStillThere() {
        Node root = YamlReader.MANIFEST.read("a: &x {k: v}\nb: *x\nc:\n  <<: *x\n");

        assertThat(YamlWriter.manifest(root)).isEqualTo("a:\n  k: v\nb:\n  k: v\nc:\n  k: v\n");
        assertThat(root.get("b").isAlias()).isTrue();
        assertThat(root.get("a").anchor()).isEqualTo("x");
    }

    @Test
    void refusesAliasesThatHoldThemselves() {
        Node root = YamlReader.MANIFEST.read("a: &a [*a]\n");

        assertThatThrownBy(() -> YamlWriter.manifest(root)).hasMessageContaining("contains itself");
        assertThatThrownBy(() -> GoJson.write(root)).hasMessageContaining("contains itself");
        assertThatThrownBy(() -> JsonTrees.toJson(root)).hasMessageContaining("contains itself");
    }

    @Test
    void refusesWhatJsonCannotHold() {
        assertThatThrownBy(() -> printed("a: {1: x}"))
                .hasMessageContaining("json: unsupported type");
        assertThatThrownBy(() -> printed("a: .inf"))
                .hasMessageContaining("json: unsupported value");
        assertThatThrownBy(() -> printed("a: {b: 1, b: 2}"))
                .hasMessageContaining("already defined at line 1");
        assertThatThrownBy(() -> printed("a: \"\\x7f\""))
                .hasMessage("yaml: control characters are not allowed");
    }

    @Test
    void makesAnEmptyTextOfNothingBetweenBrackets() {
        assertThat(printed("a: {x: , y: ~}\nb:\n"))
                .isEqualTo("a:\n  x: \"\"\n  \"y\": null\nb: null\n");
    }

    @Test
    void growsEmptyLinesInFoldedTextsAsKustomizeDoes() {
        assertThat(printed("t: >\n  a\n    b\n  c\n")).isEqualTo("t: |\n  a\n\n    b\n  c\n");
    }
}
