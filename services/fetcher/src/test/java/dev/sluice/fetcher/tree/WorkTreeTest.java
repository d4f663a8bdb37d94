package dev.sluice.fetcher.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifacts.ArtifactBuilder;
import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.artifacts.ArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkTreeTest {

    @TempDir Path directory;

    private ArtifactStore store;
    private ArtifactManifest other;

    @BeforeEach
    void open() throws Exception {
        store = ArtifactStore.in(directory, Clock.systemUTC());
        other =
                store.save(
                        new ArtifactBuilder(ArtifactLimits.DEFAULT)
                                .directory("deploy")
                                .directory("deploy/base")
                                .file("deploy/base/x.yaml", false, "x".getBytes(UTF_8))
                                .file("top.yaml", true, "t".getBytes(UTF_8)));
    }

    @Test
    void copiesAnArtifactInWithTheDirectoriesOnTheWay() throws Exception {
        WorkTree tree = tree("main.yaml");
        tree.include(other, store.tree(other.archive()), "deploy/base", "lib/a");
        tree.include(other, store.tree(other.archive()), "", "all");

        ArtifactManifest artifact = store.save(tree.collect(null, ArtifactLimits.DEFAULT));

        assertThat(artifact.files())
                .extracting(ArtifactManifest.File::path)
                .containsExactly(
                        "all/deploy/base/x.yaml", "all/top.yaml", "lib/a/x.yaml", "main.yaml");
        assertThat(artifact.directories())
                .containsExactly("all", "all/deploy", "all/deploy/base", "lib", "lib/a");
    }

    @Test
    void copiesOneFile() throws Exception {
        WorkTree tree = tree("main.yaml");
        tree.include(other, store.tree(other.archive()), "top.yaml", "lib/t.yaml");

        assertThat(paths(tree)).containsExactly("lib/t.yaml", "main.yaml");
    }

    @ParameterizedTest
    @CsvSource({"none,lib", "deploy/bas,lib", "'',main.yaml", "'',d", "'',''", "'',../.."})
    void refusesWhatIsNotThereOrInTheWay(String from, String to) throws Exception {
        WorkTree tree = tree("main.yaml", "d/e");

        assertThatThrownBy(() -> tree.include(other, store.tree(other.archive()), from, to))
                .isInstanceOf(IncludeException.class);
    }

    @Test
    void aPathThatClimbsStaysAtTheRoot() throws Exception {
        WorkTree tree = tree("main.yaml");
        tree.include(other, store.tree(other.archive()), "../../deploy/./base", "../lib");

        assertThat(paths(tree)).containsExactly("lib/x.yaml", "main.yaml");
    }

    @Test
    void rulesHoldForWhatWasCopiedInToo() throws Exception {
        WorkTree tree = tree("main.yaml");
        tree.include(other, store.tree(other.archive()), "", "lib");
        tree.addFile("lib/.sourceignore", false, 6, () -> "deploy".getBytes(UTF_8));

        assertThat(paths(tree)).containsExactly("lib/.sourceignore", "lib/top.yaml", "main.yaml");
    }

    @Test
    void refusesRulesBeyondAllMeasure() {
        WorkTree tree = new WorkTree();
        tree.addFile(
                ".sourceignore",
                false,
                2 << 20,
                () -> {
                    throw new IOException("read");
                });

        assertThatThrownBy(() -> tree.collect(null, ArtifactLimits.DEFAULT))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining(".sourceignore");
    }

    private List<String> paths(WorkTree tree) throws Exception {
        return store.save(tree.collect(null, ArtifactLimits.DEFAULT)).files().stream()
                .map(ArtifactManifest.File::path)
                .toList();
    }

    private static WorkTree tree(String... files) {
        WorkTree tree = new WorkTree();
        for (String file : files) {
            tree.addFile(file, false, 0, () -> new byte[0]);
        }
        return tree;
    }
}
