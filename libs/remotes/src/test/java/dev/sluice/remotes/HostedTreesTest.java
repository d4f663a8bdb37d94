package dev.sluice.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.kustomize.Kustomize;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.tree.MemoryTree;
import dev.sluice.testkit.git.GitHttpServer;
import dev.sluice.testkit.git.SampleRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostedTreesTest {

    private static final String OBJECT = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n";

    @TempDir Path folder;

    @Test
    void buildsWhatABranchOfAnAllowedHostHolds() throws Exception {
        try (SampleRepository repository = SampleRepository.in(folder, "base");
                GitHttpServer server = GitHttpServer.start(folder, GitHttpServer.Options.open())) {
            repository.commit(
                    "first",
                    Map.of(
                            "deploy/kustomization.yaml",
                            "resources: [../shared]\n",
                            "shared/kustomization.yaml",
                            "resources: [c.yaml]\n",
                            "shared/c.yaml",
                            OBJECT));
            String url = "http://127.0.0.1:" + server.port() + "/base.git//deploy?ref=main";

            String yaml = build(url, Set.of("http://127.0.0.1:" + server.port()));

            assertThat(yaml).isEqualTo(OBJECT);
        }
    }

    @Test
    void aLinkInTheRepositoryIsNotFollowed() throws Exception {
        try (SampleRepository repository = SampleRepository.in(folder, "base");
                GitHttpServer server = GitHttpServer.start(folder, GitHttpServer.Options.open())) {
            repository.commit(
                    "main",
                    "first",
                    Map.of(
                            "kustomization.yaml",
                            SampleRepository.Entry.file("resources: [c.yaml]\n"),
                            "c.yaml",
                            SampleRepository.Entry.symlink("/etc/hostname")));
            String url = "http://127.0.0.1:" + server.port() + "/base.git";

            assertThatThrownBy(() -> build(url, Set.of("http://127.0.0.1:" + server.port())))
                    .isInstanceOf(BuildException.class);
        }
    }

    @Test
    void nothingIsAskedOfAHostThatIsNotAllowed() throws Exception {
        try (GitHttpServer server = GitHttpServer.start(folder, GitHttpServer.Options.open())) {
            String url = "http://127.0.0.1:" + server.port() + "/base.git//deploy?ref=main";

            assertThatThrownBy(() -> build(url, Set.of("example.com")))
                    .hasMessageContaining("is not allowed; allow it by its name: http://127.0.0.1");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aRedirectToAnotherHostIsNotFollowed() throws Exception {
        HttpServer other = server("/c.yaml", OBJECT);
        HttpServer first =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        first.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders()
                            .set(
                                    "Location",
                                    "http://127.0.0.1:" + other.getAddress().getPort() + "/c.yaml");
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        first.start();
        try {
            String host = "http://127.0.0.1:" + first.getAddress().getPort();

            assertThatThrownBy(() -> trees(Set.of(host)).file(host + "/c.yaml"))
                    .hasMessageContaining("is not allowed");
        } finally {
            first.stop(0);
            other.stop(0);
        }
    }

    @Test
    void aFileOfAnAllowedHostIsFetchedUpToItsLimit() throws Exception {
        HttpServer server = server("/c.yaml", OBJECT);
        try {
            String host = "http://127.0.0.1:" + server.getAddress().getPort();

            assertThat(trees(Set.of(host)).file(host + "/c.yaml"))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(OBJECT);
            assertThatThrownBy(() ->
                            new HostedTrees(
                                            new AllowedHosts(Set.of(host)),
                                            Duration.ofSeconds(5),
                                            10)
                                    .file(host + "/c.yaml"))
                    .hasMessageContaining("larger than 10 bytes");
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc",
                "ext::sh -c touch% /tmp/x",
                "git::file:///etc//x",
                "ssh://-oProxyCommand=x/y",
                "git@github.com:owner/name//path",
                "https://user:word@example.com/o/n//p",
                "https://example.com/o/n//p?ref=--upload-pack=x",
                "https://example.com/o/n//%2e%2e/p",
                "https://example.com/o",
                "ftp://example.com/o/n"
            })
    void hostileUrlsAreRefused(String url) {
        assertThatThrownBy(() -> trees(Set.of("example.com", "github.com", "")).directory(url))
                .isInstanceOf(IOException.class);
    }

    @Test
    void thisMachineIsNoPublicHost() {
        assertThatThrownBy(() ->
                        AllowedHosts.anyPublic()
                                .require(java.net.URI.create("https://localhost/o/n")))
                .hasMessageContaining("this machine");
        assertThatThrownBy(() ->
                        AllowedHosts.anyPublic()
                                .require(java.net.URI.create("https://169.254.169.254/o/n")))
                .hasMessageContaining("this machine");
    }

    @Test
    void tellsTheRepositoryFromThePathInIt() throws IOException {
        GitAddress address = GitAddress.parse("github.com/owner/name/a/b?ref=v1.2");

        assertThat(address.repository()).hasToString("https://github.com/owner/name");
        assertThat(address.path()).isEqualTo("a/b");
        assertThat(address.ref()).isEqualTo("v1.2");
    }

    private static HttpServer server(String path, String text) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                path,
                exchange -> {
                    byte[] body = text.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static HostedTrees trees(Set<String> hosts) {
        return new HostedTrees(new AllowedHosts(hosts), Duration.ofSeconds(10), 1 << 20);
    }

    private static String build(String resource, Set<String> hosts) throws BuildException {
        MemoryTree tree =
                MemoryTree.ofText(
                        Map.of("kustomization.yaml", "resources: ['" + resource + "']\n"));
        return Kustomize.build(tree, "", BuildOptions.DEFAULT.withRemotes(trees(hosts))).toYaml();
    }
}
