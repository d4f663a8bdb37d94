package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    @Test
    void keepsOrderPositionAndStyle() {
        Node root = YamlReader.MANIFEST.read("b: 'one'\na:\n  - x\n  - {k: v}\n");

        assertThat(root.keys()).containsExactly("b", "a");
        Node list = root.at("a");
        assertThat(list.item(1).style()).isEqualTo(Style.FLOW);
        assertThat(list.item(0).line()).isEqualTo(3);
        assertThat(list.item(0).column()).isEqualTo(5);
        assertThat(root.get("b").style()).isEqualTo(Style.SINGLE_QUOTED);
    }

    @Test
    void readsEachDocumentOfAStream() {
        var documents = YamlReader.MANIFEST.readAll("a: 1\n---\n# nothing\n---\nb: 2\n...\n");

        assertThat(documents).hasSize(3);
        assertThat(documents.get(1).root().isNull()).isTrue();
        assertThat(documents.get(2).root().text("b")).isEqualTo("2");
    }

    @Test
    void stopsBehindTheFirstDocumentWhereOnlyThatIsWanted() {
        Node root = YamlReader.MANIFEST.read("a: 1\nb: 2\n---\n[not closed\n");

        assertThat(root.text("a")).isEqualTo("1");
    }

    static Stream<Arguments> scalars() {
        return Stream.of(
                arguments("a: |+\n  x\n\n", "x\n\n"),
                arguments("a: |-\n  x\n  y\n", "x\ny"),
                arguments("a: >\n  x\n  y\n\n  z\n", "x y\nz\n"),
                arguments("a: |2\n   x\n", " x\n"),
                arguments("a: 'it''s'\n", "it's"),
                arguments("a: \"\\u0041\\x42\\n\"\n", "AB\n"),
                arguments("a: \"x\n   y\n\n   z\"\n", "x y\nz"),
                arguments("a: \"x\\\n   y\"\n", "xy"),
                arguments("a: x\n  y # not this\n", "x y"),
                arguments("? a\n: v\n", "v"),
                arguments("{a: b, c: [1]}\n", "b"));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void readsEveryStyleOfScalar(String text, String value) {
        assertThat(YamlReader.MANIFEST.read(text).text("a")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\nb:\\n\\tc: 1|yaml: line 3: found character that cannot start any token",
                "a: b: c|yaml: mapping values are not allowed in this context",
                "x: 1\\na: [1, 2|yaml: line 1: did not find expected ',' or ']'",
                "a: *nope|yaml: unknown anchor 'nope' referenced",
                "a: 1\\n b: 2|yaml: line 2: mapping values are not allowed in this context",
                "k: 1\\n- a|yaml: line 1: did not find expected key",
                "a: \"x|yaml: found unexpected end of stream",
                "a: \"\\q\"|yaml: found unknown escape character",
            })
    void saysWhatIsWrongAsGoDoes(String text, String message) {
        assertThatThrownBy(() ->
                        YamlReader.MANIFEST.read(text.replace("\\n", "\n").replace("\\t", "\t")))
                .isInstanceOf(YamlException.class)
                .hasMessage(message);
    }

    @Test
    void readsBytesWithByteOrderMarks() {
        byte[] utf16 = "\uFEFFa: é".getBytes(StandardCharsets.UTF_16LE);
        byte[] utf8 = "\uFEFFa: é".getBytes(StandardCharsets.UTF_8);

        assertThat(YamlReader.MANIFEST.read(utf16).text("a")).isEqualTo("é");
        assertThat(YamlReader.MANIFEST.read(utf8).text("a")).isEqualTo("é");
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThatThrownBy(() -> YamlReader.MANIFEST.read(new byte[] {'a', ':', ' ', (byte) 0xFF}))
                .hasMessage("yaml: invalid leading UTF-8 octet");
        assertThatThrownBy(() -> YamlReader.MANIFEST.read("a: \u0007"))
                .hasMessage("yaml: control characters are not allowed");
    }

    @Test
    void takesWindowsLineEnds() {
        Node root = YamlReader.MANIFEST.read("a: |\r\n  x\r\n  y\r\nb: 1\r\n");

        assertThat(root.text("a")).isEqualTo("x\ny\n");
        assertThat(root.text("b")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? "})
    void refusesNestingBeyondTheLimit(String opening) {
        String hostile = opening.repeat(1_000_000);

        assertThatThrownBy(() -> YamlReader.MANIFEST.readAll(hostile))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining("exceeded max depth");
    }

    @Test
    void refusesMoreNodesThanAllowed() {
        YamlReader reader =
                new YamlReader(ReaderOptions.MANIFEST.withLimits(new YamlLimits(1000, 10, 5, 10)));

        assertThat(reader.read("[1, 2, 3]").size()).isEqualTo(3);
        assertThatThrownBy(() -> reader.read("[1, 2, 3, 4, 5]")).hasMessageContaining("5 nodes");
        assertThatThrownBy(() -> reader.read("x".repeat(1001)))
                .hasMessageContaining("1000 characters");
    }

    @Test
    void keepsCommentsWhereTheyBelong() {
        String text = "# top\n\n# of a\na: 1 # at a\n\n# below a\n\nb:\n  # of x\n  - x\n";

        Document document = YamlReader.COMMENTED.readFirst(text);

        assertThat(document.comments().head()).isEqualTo("# top");
        Node a = document.root().content().get(0);
        assertThat(a.comments().head()).isEqualTo("# of a");
        assertThat(document.root().get("a").comments().line()).isEqualTo("# at a");
        assertThat(document.root().at("b").item(0).comments().head()).isEqualTo("# of x");
    }

    @Test
    void keepsCommentsOfManifestsOnlyWhereOneHoldsASchema() {
        assertThat(YamlReader.MANIFEST.read("a: 1 # plain\n").get("a").hasComments()).isFalse();
        assertThat(YamlReader.MANIFEST.read("a: 1 # {\"$ref\": \"x\"}\n").get("a").hasComments())
                .isTrue();
    }
}
