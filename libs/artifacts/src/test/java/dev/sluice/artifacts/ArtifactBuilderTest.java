package dev.sluice.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactBuilderTest {

    private static final ArtifactLimits SMALL = new ArtifactLimits(5, 10, 6, 3, 20);
    private static final byte[] ONE = {1};

    private final ArtifactBuilder tree = new ArtifactBuilder(SMALL);

    @Test
    void ordersMembersAsAWalkDoes() throws Exception {
        ArtifactBuilder wide = new ArtifactBuilder(ArtifactLimits.DEFAULT);
        for (String path : List.of("a.txt", "a/x", "a-b", "B", "ünï", "a/b/c", "z")) {
            wide.file(path, false, ONE);
        }

        assertThat(wide.members())
                .extracting(ArtifactBuilder.Member::path)
                .containsExactly("B", "a/b/c", "a/x", "a-b", "a.txt", "z", "ünï");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "./a", "a/./b", "..", "a/../b", "a\0b"})
    void refusesWhatIsNoPathBelowTheRoot(String path) {
        assertThatThrownBy(() -> tree.file(path, false, ONE))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("not a path below the root");
    }

    @Test
    void refusesTooManyFiles() throws Exception {
        tree.file("a/1", false, ONE)
                .file("a/2", false, ONE)
                .file("a/3", false, ONE)
                .file("a/4", false, ONE)
                .directory("a");

        assertThatThrownBy(() -> tree.file("a/5", false, ONE))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("5 files");
    }

    @Test
    void refusesAFileThatIsTooLargeBeforeItIsRead() {
        assertThatThrownBy(() ->
                        tree.file(
                                "big",
                                false,
                                7,
                                () -> {
                                    throw new AssertionError("read");
                                }))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("big has 7 bytes");
    }

    @Test
    void refusesATreeThatIsTooLarge() throws Exception {
        tree.file("a", false, new byte[6]);

        assertThatThrownBy(() -> tree.file("b", false, new byte[6]))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("12 bytes")
                .hasMessageContaining("10 are allowed");
    }

    @Test
    void refusesATreeThatIsTooDeep() {
        assertThatThrownBy(() -> tree.file("a/b/c/d", false, ONE))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void refusesAPathThatIsTooLong() {
        assertThatThrownBy(() -> tree.file("a".repeat(21), false, ONE))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("longer");
    }

    @Test
    void refusesTheSamePathTwice() throws Exception {
        tree.file("a", false, ONE);

        assertThatThrownBy(() -> tree.file("a", false, ONE))
                .hasMessageContaining("a is there twice");
        assertThatThrownBy(() -> tree.file("a/b", false, ONE))
                .hasMessageContaining("both a file and a directory");
    }

    @Test
    void refusesAFileAboveAFile() throws Exception {
        tree.file("a-b", false, ONE).file("a/b", false, ONE);

        assertThatThrownBy(() -> tree.file("a", false, ONE))
                .hasMessageContaining("both a file and a directory");
    }

    @Test
    void refusesAFileWhereADirectoryIs() throws Exception {
        tree.directory("a");

        assertThatThrownBy(() -> tree.file("a", false, ONE))
                .isInstanceOf(ArtifactRefusedException.class);
    }

    @Test
    void knowsWhatItHolds() throws Exception {
        tree.file("a/b", false, ONE);

        assertThat(tree.contains("a")).isFalse();
        assertThat(tree.contains("a/b")).isTrue();
        assertThat(tree.contains("b")).isFalse();
    }
}
