package dev.sluice.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.tree.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Builds every folder below golden and holds the result to what is beside it. */
class KustomizeGoldenTest {

    private static final Path CASES = Path.of("src/test/resources/golden");

    @TestFactory
    Stream<DynamicTest> buildsAsRecorded() throws IOException {
        return Files.list(CASES)
                .filter(Files::isDirectory)
                .sorted()
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws Exception {
        DirectoryTree tree = new DirectoryTree(folder.resolve("in"));
        String start = Files.isDirectory(folder.resolve("in/over")) ? "over" : "";
        Path expected = folder.resolve("out/expected.yaml");

        if (Files.exists(expected)) {
            BuildResult result = Kustomize.build(tree, start, BuildOptions.DEFAULT);
            assertThat(result.toYaml()).isEqualTo(Files.readString(expected));
            assertThat(result.readSet().stillValid(tree)).isTrue();
        } else {
            BuildException failure =
                    catchThrowableOfType(
                            BuildException.class,
                            () -> Kustomize.build(tree, start, BuildOptions.DEFAULT));
            String message =
                    Files.readString(folder.resolve("out/error.txt"))
                            .strip()
                            .replace("{in}", tree.location());
            assertThat(failure).hasMessageContaining(message);
        }
    }
}
