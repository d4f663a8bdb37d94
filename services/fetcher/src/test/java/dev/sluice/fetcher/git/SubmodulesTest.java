package dev.sluice.fetcher.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.fetcher.tree.WorkTree;
import dev.sluice.testkit.git.GitHttpServer;
import dev.sluice.testkit.git.SampleRepository;
import dev.sluice.testkit.git.SampleRepository.Entry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmodulesTest {

    @TempDir Path directory;

    private SampleRepository parent;
    private SampleRepository library;
    private GitHttpServer server;
    private GitClient client;

    @BeforeEach
    void start() throws Exception {
        parent = SampleRepository.in(directory.resolve("served"), "parent");
        library = SampleRepository.in(directory.resolve("served"), "library");
        server = GitHttpServer.start(directory.resolve("served"), GitHttpServer.Options.open());
        client =
                new GitClient(
                        directory.resolve("kept"),
                        new HostGate(4, Clock.systemUTC()),
                        Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
        parent.close();
        library.close();
    }

    @Test
    void bringsInTheCommitThatTheParentNames() throws Exception {
        String old = library.commit("one", Map.of("lib.yaml", "old"));
        library.commit("two", Map.of("lib.yaml", "new"));
        String relative = server.url("library").replaceFirst(".*/", "../");
        commitWithModule(relative, old);

        assertThat(content("modules/lib/lib.yaml")).isEqualTo("old");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc",
                "ext::sh -c id",
                "ssh://-oProxyCommand=id/x",
                "/etc",
                "--upload-pack=id",
                "git@github.com:org/repo.git",
                "../../../../../../:x"
            })
    void anAddressThatIsNotFollowedIsAnError(String address) throws Exception {
        commitWithModule(address, library.commit("one", Map.of("a", "b")));

        assertThatThrownBy(() -> content("modules/lib/a")).isInstanceOf(GitFailure.class);
    }

    @Test
    void goesStraightToACommitOnlyWhereTheBranchIsAtIt() throws Exception {
        String first = parent.commit("one", Map.of("a", "1"));
        String second = parent.commit("two", Map.of("a", "2"));

        try (FetchedCommit fetched = tip(second).orElseThrow()) {
            assertThat(fetched.sha()).isEqualTo(second);
        }
        assertThat(tip(first)).as("a push that came late moves nothing back").isEmpty();
    }

    private Optional<FetchedCommit> tip(String commit) throws Exception {
        return client.fetchTip(remote(), Wanted.tip("refs/heads/main", commit, "main"));
    }

    private void commitWithModule(String address, String commit) throws Exception {
        String modules =
                "[submodule \"lib\"]\n\tpath = modules/lib\n\turl = %s\n".formatted(address);
        parent.commit(
                "main",
                "with a submodule",
                Map.of(".gitmodules", Entry.file(modules), "modules/lib", Entry.gitlink(commit)));
    }

    private String content(String path) throws Exception {
        Wanted wanted = client.lsRemote(remote()).find(new GitRef.Branch("main"));
        try (FetchedCommit commit = client.fetch(remote(), wanted);
                Submodules submodules = new Submodules(client, ArtifactLimits.DEFAULT)) {
            WorkTree tree = Checkout.of(commit, List.of(), ArtifactLimits.DEFAULT);
            submodules.add(tree, commit, remote());
            byte[] bytes = tree.content(path);
            return bytes == null ? "" : new String(bytes, UTF_8);
        }
    }

    private GitRemote remote() throws GitFailure {
        return GitRemote.of(
                server.url("parent"),
                GitCredentials.ANONYMOUS,
                ProxyAddress.NONE,
                Duration.ofSeconds(20));
    }
}
