package dev.sluice.fetcher.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.fluxapi.source.GitRepository;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.testkit.git.GitHttpServer;
import dev.sluice.testkit.git.SampleRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitClientTest {

    @TempDir Path directory;

    private SampleRepository repository;
    private GitHttpServer server;
    private GitClient client;
    private ArtifactStore store;

    @BeforeEach
    void start() throws Exception {
        repository = SampleRepository.in(directory.resolve("served"), "fleet");
        server = GitHttpServer.start(directory.resolve("served"), GitHttpServer.Options.open());
        client =
                new GitClient(
                        directory.resolve("kept"),
                        new HostGate(4, Clock.systemUTC()),
                        Clock.systemUTC());
        store = ArtifactStore.in(directory.resolve("artifacts"), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
        repository.close();
    }

    @Test
    void turnsABranchIntoAnArtifact() throws Exception {
        String commit = repository.commit("one", Map.of("app/a.yaml", "a: 1\n", "logo.png", "png"));

        Wanted wanted = find(ref("main", null, null, null, null));
        FileTree files = artifact(wanted);

        assertThat(wanted.revision()).isEqualTo("main@sha1:" + commit);
        assertThat(files.read("app/a.yaml")).asString(UTF_8).isEqualTo("a: 1\n");
        assertThat(files.list("")).containsExactly("app");
    }

    @Test
    void fetchesOnlyWhatIsNew() throws Exception {
        Map<String, @Nullable String> many = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            many.put("f" + i, "content " + i);
        }
        repository.commit("one", many);
        artifact(find(ref("main", null, null, null, null)));
        repository.commit("two", Map.of("f7", "changed"));

        FileTree files = artifact(find(ref("main", null, null, null, null)));

        assertThat(files.read("f7")).asString(UTF_8).isEqualTo("changed");
        assertThat(files.list("")).hasSize(200);
    }

    @Test
    void asksOnceWhereNothingIsNew() throws Exception {
        repository.commit("one", Map.of("a", "1"));
        find(ref("main", null, null, null, null));

        assertThat(server.requests())
                .containsExactly("GET /fleet.git/info/refs?service=git-upload-pack");
    }

    @Test
    void fetchesNothingThatIsThereAlready() throws Exception {
        repository.commit("one", Map.of("a", "1"));
        Wanted wanted = find(ref("main", null, null, null, null));
        artifact(wanted);
        int requests = server.requests().size();

        artifact(wanted);

        assertThat(server.requests()).hasSize(requests);
    }

    @Test
    void everyKindOfReferenceHasItsRevision() throws Exception {
        String first = repository.commit("one", Map.of("a", "1"));
        repository.point("refs/tags/v1.0.0", first);
        repository.point("refs/pull/7/head", first);
        repository.annotatedTag("v1.1.0", first, "release");
        String second = repository.commit("two", Map.of("a", "2"));
        repository.point("refs/heads/feature/x", second);

        assertThat(revision(ref("main", null, null, null, null))).isEqualTo("main@sha1:" + second);
        assertThat(revision(ref("feature/x", null, null, null, null)))
                .isEqualTo("feature/x@sha1:" + second);
        assertThat(revision(ref(null, "v1.0.0", null, null, null)))
                .isEqualTo("v1.0.0@sha1:" + first);
        assertThat(revision(ref(null, null, "1.x", null, null))).isEqualTo("v1.1.0@sha1:" + first);
        assertThat(revision(ref(null, null, null, "refs/pull/7/head", null)))
                .isEqualTo("refs/pull/7/head@sha1:" + first);
        assertThat(revision(ref(null, null, null, null, first))).isEqualTo("sha1:" + first);
        assertThat(revision(ref("main", null, null, null, first))).isEqualTo("main@sha1:" + first);
        assertThat(revision(ref("main", "t", "1.x", "refs/heads/main", first)))
                .isEqualTo("refs/heads/main@sha1:" + first);
        assertThat(revision(ref("main", "v1.0.0", "1.x", null, null)))
                .isEqualTo("v1.0.0@sha1:" + first);
        assertThat(revision(ref("main", "v1.0.0", null, null, null)))
                .isEqualTo("v1.0.0@sha1:" + first);
    }

    @Test
    void aCommitOfNoTagOrTipIsFoundInTheHistory() throws Exception {
        String first = repository.commit("one", Map.of("a", "1"));
        repository.commit("two", Map.of("a", "2"));

        assertThat(artifact(find(ref(null, null, null, null, first))).read("a"))
                .asString(UTF_8)
                .isEqualTo("1");
        assertThat(artifact(find(ref("main", null, null, null, first))).read("a"))
                .asString(UTF_8)
                .isEqualTo("1");
    }

    @Test
    void whatIsNotThereIsAFailedOperation() throws Exception {
        String first = repository.commit("one", Map.of("a", "1"));
        String dev =
                repository.commit("dev", "dev", Map.of("a", SampleRepository.Entry.file("dev")));

        assertFails(ref("later", null, null, null, null), "no branch 'later'");
        assertFails(ref(null, "v9", null, null, null), "no tag 'v9'");
        assertFails(ref(null, null, ">=3", null, null), "in the range '>=3'");
        assertFails(ref(null, null, "not a range", null, null), "not a range");
        assertFails(ref(null, null, null, "refs/heads/none", null), "refs/heads/none");
        assertFails(ref(null, null, null, "main", null), "full reference");
        assertFails(ref(null, null, null, null, first.substring(0, 8)), "40 hex digits");
        assertFails(
                ref(null, null, null, null, "1234567890123456789012345678901234567890"),
                "no commit");
        assertFails(ref("main", null, null, null, dev), dev);
    }

    @Test
    void aRepositoryThatIsNotThereIsAFailedOperation() {
        assertThatThrownBy(
                        () -> client.lsRemote(remote(server.url("none"), GitCredentials.ANONYMOUS)))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("none.git");
    }

    @Test
    void showsUserAndPasswordWithTheFirstRequest() throws Exception {
        repository.commit("one", Map.of("a", "1"));
        String header =
                "Basic " + Base64.getEncoder().encodeToString("user:secret".getBytes(UTF_8));
        try (GitHttpServer closed =
                GitHttpServer.start(
                        directory.resolve("served"),
                        GitHttpServer.Options.open().withAuthorization(header))) {
            GitCredentials right =
                    GitCredentials.ofSecret(
                            "git",
                            false,
                            Map.of("username", bytes("user"), "password", bytes("secret")));
            GitCredentials wrong =
                    GitCredentials.ofSecret(
                            "git",
                            false,
                            Map.of("username", bytes("user"), "password", bytes("guess")));

            assertThat(client.lsRemote(remote(closed.url("fleet"), right)).commits())
                    .containsKey("refs/heads/main");
            assertThat(closed.requests()).hasSize(1);
            assertThat(
                            client.lsRemote(
                                            remote(
                                                    closed.url("fleet")
                                                            .replace("//", "//user:secret@"),
                                                    GitCredentials.ANONYMOUS))
                                    .commits())
                    .containsKey("refs/heads/main");
            assertThatThrownBy(() -> client.lsRemote(remote(closed.url("fleet"), wrong)))
                    .isInstanceOf(GitFailure.class)
                    .hasMessageNotContaining("guess")
                    .extracting(failure -> ((GitFailure) failure).reason())
                    .isEqualTo(GitFailure.Reason.GIT_OPERATION_FAILED);
            assertThatThrownBy(() ->
                            client.lsRemote(remote(closed.url("fleet"), GitCredentials.ANONYMOUS)))
                    .isInstanceOf(GitFailure.class);
        }
    }

    @Test
    void showsABearerToken() throws Exception {
        repository.commit("one", Map.of("a", "1"));
        try (GitHttpServer closed =
                GitHttpServer.start(
                        directory.resolve("served"),
                        GitHttpServer.Options.open().withAuthorization("Bearer t0ken"))) {
            GitCredentials token =
                    GitCredentials.ofSecret(
                            "git",
                            false,
                            Map.of(
                                    "bearerToken",
                                    bytes("t0ken\n"),
                                    "username",
                                    bytes("u"),
                                    "password",
                                    bytes("p")));

            assertThat(client.lsRemote(remote(closed.url("fleet"), token)).commits()).isNotEmpty();
        }
    }

    @Test
    void leavesOutWhatSpecSaysAndTakesOnlyTheDirectoriesThatItNames() throws Exception {
        repository.commit(
                "one",
                Map.of(
                        "root.txt",
                        "r",
                        "apps/a/x.yaml",
                        "x",
                        "apps/b/y.yaml",
                        "y",
                        "apps/top.yaml",
                        "t"));
        Wanted wanted = find(ref("main", null, null, null, null));

        assertThat(paths(wanted, "apps/b\n", List.of()))
                .containsExactly("apps/a/x.yaml", "apps/top.yaml", "root.txt");
        assertThat(paths(wanted, null, List.of("./apps/a"))).containsExactly("apps/a/x.yaml");
        assertThatThrownBy(() -> paths(wanted, null, List.of("none")))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("none");
    }

    private List<String> paths(Wanted wanted, @Nullable String ignore, List<String> sparse)
            throws Exception {
        try (FetchedCommit commit =
                client.fetch(remote(server.url("fleet"), GitCredentials.ANONYMOUS), wanted)) {
            var artifact =
                    store.save(
                            Checkout.of(commit, sparse, ArtifactLimits.DEFAULT)
                                    .collect(ignore, ArtifactLimits.DEFAULT));
            return artifact.files().stream().map(file -> file.path()).toList();
        }
    }

    private void assertFails(GitRepository.Reference ref, String message) {
        assertThatThrownBy(() -> artifact(find(ref)))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining(message)
                .extracting(failure -> ((GitFailure) failure).reason())
                .isEqualTo(GitFailure.Reason.GIT_OPERATION_FAILED);
    }

    private String revision(GitRepository.Reference ref) throws Exception {
        Wanted wanted = find(ref);
        artifact(wanted);
        return wanted.revision();
    }

    private Wanted find(GitRepository.Reference ref) throws Exception {
        return client.lsRemote(remote(server.url("fleet"), GitCredentials.ANONYMOUS))
                .find(GitRef.of(ref));
    }

    private FileTree artifact(Wanted wanted) throws Exception {
        try (FetchedCommit commit =
                client.fetch(remote(server.url("fleet"), GitCredentials.ANONYMOUS), wanted)) {
            return store.tree(
                    store.save(
                                    Checkout.of(commit, List.of(), ArtifactLimits.DEFAULT)
                                            .collect(null, ArtifactLimits.DEFAULT))
                            .archive());
        }
    }

    private static GitRemote remote(String url, GitCredentials credentials) throws GitFailure {
        return GitRemote.of(url, credentials, ProxyAddress.NONE, Duration.ofSeconds(20));
    }

    private static GitRepository.Reference ref(
            @Nullable String branch,
            @Nullable String tag,
            @Nullable String semver,
            @Nullable String name,
            @Nullable String commit) {
        return new GitRepository.Reference(branch, tag, semver, name, commit);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
