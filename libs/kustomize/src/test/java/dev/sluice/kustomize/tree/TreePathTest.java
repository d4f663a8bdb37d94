package dev.sluice.kustomize.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TreePathTest {

    @Test
    void takesOutDotsAndDoubledSlashes() {
        assertThat(TreePath.normalize("a/./b//c/../d/")).isEqualTo("a/b/d");
        assertThat(TreePath.normalize("a/..")).isEmpty();
        assertThat(TreePath.normalize("..a/b..")).isEqualTo("..a/b..");
    }

    @Test
    void doesNotClimbAboveTheRoot() {
        assertThat(TreePath.normalize("a/../..")).isNull();
        assertThat(TreePath.resolve("a/b", "../../..")).isNull();
    }

    @Test
    void tellsWhatIsInOrBelow() {
        assertThat(TreePath.isInOrBelow("a/b", "a")).isTrue();
        assertThat(TreePath.isInOrBelow("ab", "a")).isFalse();
        assertThat(TreePath.isInOrBelow("a", "a")).isTrue();
        assertThat(TreePath.isInOrBelow("a", "")).isTrue();
    }

    @Test
    void findsTheWayBetweenDirectories() {
        assertThat(TreePath.relative("a/b", "a/c/d")).isEqualTo("../c/d");
        assertThat(TreePath.relative("", "a")).isEqualTo("a");
        assertThat(TreePath.relative("a", "a")).isEqualTo(".");
    }
}
