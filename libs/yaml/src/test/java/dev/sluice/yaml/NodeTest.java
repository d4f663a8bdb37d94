package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeTest {
    @Test
    void makesTheMappingsOnTheWayToAField() {
        Node root = Node.mapping();

        root.putAt(Node.integer(1), "a", "b", "c");

        assertThat(YamlWriter.styled(root)).isEqualTo("a:\n  b:\n    c: 1\n");
        assertThat(root.removeAt("a", "b", "c")).isNotNull();
        assertThat(root.at("a", "b", "x")).isNull();
    }

    @Test
    void copiesDeeply() {
        Node root = YamlReader.MANIFEST.read("a: [1, {b: c}]\n");

        Node copy = root.deepCopy();
        copy.get("a").item(1).put("b", "changed");

        assertThat(root.get("a").item(1).text("b")).isEqualTo("c");
        assertThat(copy.sameAs(root)).isFalse();
        assertThat(root.deepCopy().sameAs(root)).isTrue();
    }

    @Test
    void comparesTypesNotOnlyTexts() {
        assertThat(Node.plain("1").sameAs(Node.string("1"))).isFalse();
        assertThat(Node.plain("1").sameAs(Node.integer(1))).isTrue();
    }

    @Test
    void staysAStringWhenItsTextChanges() {
        Node node = YamlReader.MANIFEST.read("abc");

        node.setValue("5");

        assertThat(node.isString()).isTrue();
    }

    @Test
    void neverShowsAValue() {
        assertThat(Node.mapping().put("password", "hunter2").toString()).doesNotContain("hunter2");
    }
}
