package dev.sluice.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifacts.ArtifactStore.Collected;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration AGE = Duration.ofMinutes(1);

    @TempDir Path directory;

    private ArtifactStore store;

    @BeforeEach
    void open() throws IOException {
        store = ArtifactStore.in(directory, at(NOON));
    }

    @Test
    void givesBackEachFileOfAnArtifact() throws Exception {
        ArtifactManifest artifact =
                store.save(
                        tree(Map.of("app/web.yaml", "web", "app/run.sh", "#!", "root.yaml", "r")));

        FileTree files = store.tree(artifact.archive());

        assertThat(files.read("app/web.yaml")).asString(UTF_8).isEqualTo("web");
        assertThat(files.read("./app/../root.yaml")).asString(UTF_8).isEqualTo("r");
        assertThat(files.list("")).containsExactly("app", "root.yaml");
        assertThat(files.list("app")).containsExactly("run.sh", "web.yaml");
        assertThat(files.size("root.yaml")).isEqualTo(1);
        assertThat(files.digest("app/web.yaml")).isEqualTo(Digest.of("web".getBytes(UTF_8)).hex());
    }

    @Test
    void tellsFilesDirectoriesAndWhatIsNotThereApart() throws Exception {
        ArtifactBuilder tree = tree(Map.of("a/b.yaml", "b", "deep/er/c", "c")).directory("empty");
        FileTree files = store.tree(store.save(tree).archive());

        assertThat(files.kind("a/b.yaml")).isEqualTo(PathKind.FILE);
        assertThat(files.kind("a")).isEqualTo(PathKind.DIRECTORY);
        assertThat(files.kind("")).isEqualTo(PathKind.DIRECTORY);
        assertThat(files.kind("deep")).isEqualTo(PathKind.DIRECTORY);
        assertThat(files.list("deep")).containsExactly("er");
        assertThat(files.kind("empty")).isEqualTo(PathKind.DIRECTORY);
        assertThat(files.kind("a/c.yaml")).isEqualTo(PathKind.MISSING);
        assertThat(files.kind("a/../../etc/passwd")).isEqualTo(PathKind.REFUSED);
        assertThat(files.kind("/etc/passwd")).isEqualTo(PathKind.REFUSED);
        assertThatThrownBy(() -> files.read("a")).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> files.read("c")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files.list("a/b.yaml")).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> files.resolve("..")).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void theSameTreeGivesTheSameArtifactWhateverTheOrder() throws Exception {
        ArtifactBuilder one =
                new ArtifactBuilder(ArtifactLimits.DEFAULT)
                        .file("b", false, bytes("2"))
                        .file("a", true, bytes("1"));
        ArtifactBuilder other =
                new ArtifactBuilder(ArtifactLimits.DEFAULT)
                        .file("a", true, bytes("1"))
                        .file("b", false, bytes("2"));

        assertThat(store.save(one)).isEqualTo(store.save(other));
    }

    @Test
    void aModeIsPartOfTheArtifact() throws Exception {
        ArtifactBuilder plain =
                new ArtifactBuilder(ArtifactLimits.DEFAULT).file("a", false, bytes("1"));
        ArtifactBuilder executable =
                new ArtifactBuilder(ArtifactLimits.DEFAULT).file("a", true, bytes("1"));

        assertThat(store.save(plain).archive()).isNotEqualTo(store.save(executable).archive());
    }

    @Test
    void aChangedFileAmongManyAddsOneFileToTheStore() throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < 50; i++) {
            files.put("f" + i, "content " + i);
        }
        store.save(tree(files));
        files.put("f7", "changed");

        store.save(tree(files));

        assertThat(names("files")).hasSize(51);
        assertThat(names("archives")).hasSize(2);
    }

    @Test
    void artifactsOutliveTheProcess() throws Exception {
        Digest artifact = store.save(tree(Map.of("a", "1"))).archive();
        Digest object = store.put(bytes("bundle"));

        ArtifactStore reopened = ArtifactStore.in(directory, at(NOON));

        assertThat(reopened.has(artifact)).isTrue();
        assertThat(reopened.tree(artifact).read("a")).asString(UTF_8).isEqualTo("1");
        assertThat(reopened.get(object)).asString(UTF_8).isEqualTo("bundle");
    }

    @Test
    void restoresALostFileFromTheArchive() throws Exception {
        Digest artifact = store.save(tree(Map.of("a", "1", "b", "2"))).archive();
        for (Path file : names("files")) {
            Files.delete(file);
        }

        assertThat(store.tree(artifact).read("b")).asString(UTF_8).isEqualTo("2");
        assertThat(names("files")).hasSize(2);
    }

    @Test
    void restoresADamagedFileFromTheArchive() throws Exception {
        Digest artifact =
                store.save(
                                tree(
                                        Map.of(
                                                "a",
                                                "1",
                                                "x".repeat(90) + "/" + "y".repeat(120) + ".txt",
                                                "long")))
                        .archive();
        for (Path file : names("files")) {
            Files.writeString(file, "tampered");
        }

        FileTree files = store.tree(artifact);

        assertThat(files.read("x".repeat(90) + "/" + "y".repeat(120) + ".txt"))
                .asString(UTF_8)
                .isEqualTo("long");
    }

    @Test
    void saysThatADamagedFileIsMissingWhenTheArchiveIsDamagedToo() throws Exception {
        Digest artifact = store.save(tree(Map.of("a", "1"))).archive();
        for (Path file : names("files")) {
            Files.delete(file);
        }
        Files.write(names("archives").getFirst(), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> store.tree(artifact).read("a")).isInstanceOf(IOException.class);
    }

    @Test
    void readsTheArchiveToItsEndOnlyIfItIsWhatTheDigestNames() throws Exception {
        ArtifactManifest artifact = store.save(tree(Map.of("a", "1")));
        try (InputStream archive = store.archive(artifact.archive())) {
            byte[] bytes = archive.readAllBytes();
            assertThat(Digest.of(bytes)).isEqualTo(artifact.archive());
            assertThat(bytes.length).isEqualTo(artifact.size());
        }
        Path file = names("archives").getFirst();
        byte[] tampered = Files.readAllBytes(file);
        tampered[20] ^= 1;
        Files.write(file, tampered);

        try (InputStream archive = store.archive(artifact.archive())) {
            assertThatThrownBy(archive::readAllBytes).isInstanceOf(ArtifactMissingException.class);
        }
    }

    @Test
    void aDamagedObjectIsNotGivenOut() throws Exception {
        Digest object = store.put(bytes("bundle"));
        Files.writeString(names("objects").getFirst(), "other");

        assertThatThrownBy(() -> store.get(object))
                .isInstanceOf(ArtifactMissingException.class)
                .hasMessageContaining(object.value());
    }

    @Test
    void aDamagedManifestIsAMissingArtifact() throws Exception {
        Digest artifact = store.save(tree(Map.of("a", "1"))).archive();
        Files.writeString(names("manifests").getFirst(), "{\"archive\":\"sha256:1\"}");

        assertThatThrownBy(() -> store.manifest(artifact))
                .isInstanceOf(ArtifactMissingException.class);
    }

    @Test
    void whatIsNotThereIsMissing() throws Exception {
        Digest nowhere = Digest.of(bytes("nowhere"));

        assertThat(store.has(nowhere)).isFalse();
        assertThatThrownBy(() -> store.get(nowhere)).isInstanceOf(ArtifactMissingException.class);
        assertThatThrownBy(() -> store.tree(nowhere)).isInstanceOf(ArtifactMissingException.class);
        assertThatThrownBy(() -> store.archive(nowhere))
                .isInstanceOf(ArtifactMissingException.class);
    }

    @Test
    void collectsWhatIsNeitherKeptNorYoungAndKeepsSharedFiles() throws Exception {
        Digest kept = store.save(tree(Map.of("shared", "s", "a", "kept"))).archive();
        Digest dropped = store.save(tree(Map.of("shared", "s", "a", "dropped"))).archive();
        Digest bundle = store.put(bytes("bundle"));
        ArtifactStore later = ArtifactStore.in(directory, at(NOON.plus(AGE.multipliedBy(2))));
        Digest young = later.save(tree(Map.of("a", "young"))).archive();

        Collected collected = later.collect(kept::equals, AGE, at(NOON.plus(AGE.multipliedBy(2))));

        assertThat(collected).isEqualTo(new Collected(1, 1, 1));
        assertThat(later.has(kept)).isTrue();
        assertThat(later.has(young)).isTrue();
        assertThat(later.has(dropped)).isFalse();
        assertThat(later.tree(kept).read("shared")).asString(UTF_8).isEqualTo("s");
        assertThatThrownBy(() -> later.get(bundle)).isInstanceOf(ArtifactMissingException.class);
        assertThatThrownBy(() -> later.tree(dropped)).isInstanceOf(ArtifactMissingException.class);
    }

    @Test
    void whatWasSavedAgainIsYoungAgain() throws Exception {
        Digest artifact = store.save(tree(Map.of("a", "1"))).archive();
        Instant later = NOON.plus(AGE.multipliedBy(2));
        ArtifactStore reopened = ArtifactStore.in(directory, at(later));
        reopened.save(tree(Map.of("a", "1")));

        reopened.collect(digest -> false, AGE, at(later));

        assertThat(reopened.tree(artifact).read("a")).asString(UTF_8).isEqualTo("1");
    }

    @Test
    void aTreeWhoseContentCannotBeReadLeavesNothingBehind() throws Exception {
        ArtifactBuilder tree =
                new ArtifactBuilder(ArtifactLimits.DEFAULT)
                        .file("a", false, 3, () -> bytes("four"));

        assertThatThrownBy(() -> store.save(tree))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("announced");
        assertThat(names("archives")).isEmpty();
        assertThat(names("scratch")).isEmpty();
    }

    private List<Path> names(String kind) throws IOException {
        Path start = directory.resolve(kind);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static ArtifactBuilder tree(Map<String, String> files) throws ArtifactRefusedException {
        ArtifactBuilder tree = new ArtifactBuilder(ArtifactLimits.DEFAULT);
        for (Map.Entry<String, String> file : files.entrySet()) {
            tree.file(file.getKey(), false, bytes(file.getValue()));
        }
        return tree;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }
}
