package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AnchorsTest {
    @Test
    void refusesAnAliasBombBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append(("*a" + (i - 1) + ", ").repeat(10))
                    .append("]\n");
        }
        Node root = YamlReader.MANIFEST.read(bomb.toString());

        assertThatThrownBy(() -> Anchors.inline(root))
                .hasMessage("yaml: document contains excessive aliasing");
    }

    @Test
    void refusesAnAnchorThatHoldsItself() {
        Node root = YamlReader.MANIFEST.read("a: &a\n  b: [*a]\n");

        assertThatThrownBy(() -> Anchors.inline(root))
                .hasMessage("yaml: anchor 'a' value contains itself");
    }

    @Test
    void refusesAMergeThatTakesInItself() {
        Node root = YamlReader.MANIFEST.read("a: &a\n  <<: *a\n");

        assertThatThrownBy(() -> Anchors.inline(root)).isInstanceOf(YamlException.class);
    }

    @Test
    void letsTheFirstOfSeveralMergedMappingsWin() {
        Node root =
                YamlReader.MANIFEST.read("x: &x {k: 1}\ny: &y {k: 2, l: 3}\nm:\n  <<: [*x, *y]\n");

        Node merged = Anchors.inline(root).get("m");

        assertThat(merged.text("k")).isEqualTo("1");
        assertThat(merged.text("l")).isEqualTo("3");
    }

    @Test
    void givesEachAliasACopyOfItsOwn() {
        Node root = Anchors.inline(YamlReader.MANIFEST.read("a: &a {k: 1}\nb: *a\n"));

        root.get("b").put("k", "changed");

        assertThat(root.get("a").text("k")).isEqualTo("1");
    }

    @Test
    void refusesMergingWhatIsNoMapping() {
        assertThatThrownBy(() -> Anchors.inline(YamlReader.MANIFEST.read("a:\n  <<: 1\n")))
                .hasMessage("map merge requires map or sequence of maps as the value");
    }
}
