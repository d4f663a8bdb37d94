package dev.sluice.kustomize.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeTest {

    @TempDir private Path folder;
    private DirectoryTree tree;

    @BeforeEach
    void plant() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/file"), "content");
        Files.writeString(folder.resolve("secret"), "not yours");
        Files.createSymbolicLink(root.resolve("inside"), Path.of("a/b"));
        Files.createSymbolicLink(root.resolve("outside"), Path.of("../secret"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        tree = new DirectoryTree(root);
    }

    @Test
    void followsLinksInsideOfItsRoot() throws IOException {
        assertThat(tree.resolve("inside/file")).isEqualTo("a/b/file");
        assertThat(tree.read("inside/file")).asString().isEqualTo("content");
        assertThat(tree.kind("inside")).isEqualTo(PathKind.DIRECTORY);
    }

    @Test
    void refusesWhatLeavesItsRoot() {
        for (String path :
                new String[] {
                    "outside", "..", "../secret", "a/../../secret", "/etc/passwd", "a\0b"
                }) {
            assertThat(tree.kind(path)).as(path).isEqualTo(PathKind.REFUSED);
            assertThatExceptionOfType(AccessDeniedException.class)
                    .as(path)
                    .isThrownBy(() -> tree.read(path));
        }
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(tree.kind("nope")).isEqualTo(PathKind.MISSING);
        assertThat(tree.kind("a/b/file/below")).isEqualTo(PathKind.MISSING);
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> tree.read("nope"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> tree.read("loop"));
    }

    @Test
    void answersTheSameForOneBuild() throws IOException {
        FileTree view = tree.forOneBuild();

        for (String path :
                new String[] {
                    "",
                    "a",
                    "a/b/file",
                    "inside",
                    "inside/file",
                    "outside",
                    "loop",
                    "nope",
                    "..",
                    "a/../../secret",
                    "/etc/passwd",
                    "a/b/file/below",
                    "a//b/./file",
                    "a\0b"
                }) {
            assertThat(view.kind(path)).as(path).isEqualTo(tree.kind(path));
        }
        assertThat(view.resolve("inside/file")).isEqualTo("a/b/file");
        assertThat(view.read("inside/file")).asString().isEqualTo("content");
        assertThat(view.size("a/b/file")).isEqualTo(7);
        assertThatExceptionOfType(AccessDeniedException.class)
                .isThrownBy(() -> view.read("outside"));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> view.read("nope"));
    }

    @Test
    void listsNamesWithoutThoseThatLeadOutside() throws IOException {
        assertThat(tree.list("")).contains("a", "inside").doesNotContain("outside");
    }

    @Test
    void knowsTheDigestOfAFile() throws IOException {
        assertThat(tree.digest("a/b/file"))
                .isEqualTo("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73");
    }
}
