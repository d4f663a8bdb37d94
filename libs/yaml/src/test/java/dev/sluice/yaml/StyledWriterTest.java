package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StyledWriterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "# head\n\n# of a\na: 1 # at a\n# below\n\nb:\n    - x # at x\n    # of y\n    - y\n",
                "a: {b: [1, 2], c: 'x'}\nd: \"q\"\n",
                "a: |\n    x\n    y\nb: >-\n    folded\nc: &anchor\n    k: v\nd: *anchor\n",
                "a: !custom x\nb: !!str 5\nc: []\nd: {}\ne:\n",
                "- a\n- - b\n  - c\n- k: v\n  l: w\n",
                "a: 1\n---\nb: 2\n",
                "'yes': 'no'\n? |\n    long\n: x\n",
            })
    void writesWhatItReadUnchanged(String text) {
        assertThat(YamlWriter.styled(YamlReader.COMMENTED.readAll(text), 4, false)).isEqualTo(text);
    }

    @Test
    void quotesStringsMadeInMemoryThatWouldBeReadAsSomethingElse() {
        Node mapping =
                Node.mapping()
                        .put("a", "5")
                        .put("b", "x")
                        .put("c", "l\nm")
                        .put("d", Node.integer(5));

        assertThat(YamlWriter.styled(mapping)).isEqualTo("a: \"5\"\nb: x\nc: |-\n  l\n  m\nd: 5\n");
    }

    @Test
    void leavesListsUnindentedWhereAsked() {
        Node root = YamlReader.COMMENTED.read("a:\n    - b:\n        - c\n");

        assertThat(YamlWriter.styled(root)).isEqualTo("a:\n- b:\n  - c\n");
    }
}
