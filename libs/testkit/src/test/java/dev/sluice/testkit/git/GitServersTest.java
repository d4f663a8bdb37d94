package dev.sluice.testkit.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.LsRemoteCommand;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitServersTest {

    @TempDir Path directory;

    private String first;

    @BeforeEach
    void commit() throws Exception {
        try (SampleRepository repository = SampleRepository.in(directory, "fleet")) {
            first = repository.commit("one", Map.of("app/a.yaml", "a: 1\n"));
        }
    }

    @Test
    void clonesAndTakesPushesOverHttp() throws Exception {
        try (GitHttpServer server = GitHttpServer.start(directory, GitHttpServer.Options.open())) {
            Path clone = directory.resolve("clone");
            try (Git git =
                    Git.cloneRepository()
                            .setURI(server.url("fleet"))
                            .setDirectory(clone.toFile())
                            .call()) {
                assertThat(clone.resolve("app/a.yaml")).hasContent("a: 1\n");
                Files.writeString(clone.resolve("b.yaml"), "b: 1\n");
                git.add().addFilepattern("b.yaml").call();
                git.commit().setMessage("two").setSign(false).call();
                git.push().call();
            }

            assertThat(head(git(server.url("fleet")))).isNotEqualTo(first);
            assertThat(server.requests())
                    .contains("GET /fleet.git/info/refs?service=git-upload-pack");
        }
    }

    @Test
    void asksForCredentials() throws Exception {
        String right =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
        GitHttpServer.Options closed = GitHttpServer.Options.open().withAuthorization(right);
        try (GitHttpServer server = GitHttpServer.start(directory, closed)) {
            LsRemoteCommand command = git(server.url("fleet"));

            assertThatThrownBy(command::call).hasMessageContaining("uthentication");
            command.setCredentialsProvider(
                    new UsernamePasswordCredentialsProvider("user", "secret"));
            assertThat(head(command)).isEqualTo(first);
        }
    }

    @Test
    void servesNothingOutsideItsDirectory() throws Exception {
        try (SampleRepository outside =
                        SampleRepository.in(directory.resolve("outside"), "secret");
                GitHttpServer server =
                        GitHttpServer.start(
                                directory.resolve("inside"), GitHttpServer.Options.open())) {
            outside.commit("one", Map.of("a", "1"));

            assertThatThrownBy(() -> git(server.url("../outside/secret")).call()).isNotNull();
            assertThatThrownBy(() -> git(server.url("absent")).call()).isNotNull();
        }
    }

    @Test
    void servesOverSshToTheHoldersOfItsKeys() throws Exception {
        KeyPair known = key();
        try (GitSshServer server = GitSshServer.start(directory, Set.of(known.getPublic()))) {
            LsRemoteCommand command = git(server.url("fleet"));

            assertThat(head(command.setTransportConfigCallback(ssh(known)))).isEqualTo(first);
            LsRemoteCommand stranger =
                    git(server.url("fleet")).setTransportConfigCallback(ssh(key()));
            assertThatThrownBy(stranger::call).isNotNull();
        }
    }

    @Test
    void keepsBranchesAndTagsApart() throws Exception {
        try (SampleRepository repository = SampleRepository.in(directory, "fleet")) {
            String second =
                    repository.commit(
                            "dev",
                            "dev",
                            Map.of("run.sh", SampleRepository.Entry.executable("#!/bin/sh\n")));
            repository.annotatedTag("v1", first, "first release");

            assertThat(repository.head("dev")).isEqualTo(second);
            assertThat(repository.head("main")).isEqualTo(first);
        }
    }

    private static LsRemoteCommand git(String url) {
        return Git.lsRemoteRepository().setRemote(url);
    }

    private static String head(LsRemoteCommand command) throws Exception {
        return command.callAsMap().values().stream()
                .filter(ref -> ref.getName().equals("refs/heads/main"))
                .map(Ref::getObjectId)
                .findFirst()
                .orElseThrow()
                .name();
    }

    private org.eclipse.jgit.api.TransportConfigCallback ssh(KeyPair key) {
        SshdSessionFactory sessions =
                new SshdSessionFactoryBuilder()
                        .setPreferredAuthentications("publickey")
                        .setHomeDirectory(directory.toFile())
                        .setSshDirectory(directory.resolve(".ssh").toFile())
                        .setDefaultKeysProvider(home -> List.of(key))
                        .setServerKeyDatabase((home, ssh) -> new AnyHost())
                        .build(null);
        return transport -> ((SshTransport) transport).setSshSessionFactory(sessions);
    }

    private static KeyPair key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static final class AnyHost
            implements org.eclipse.jgit.transport.sshd.ServerKeyDatabase {
        @Override
        public List<java.security.PublicKey> lookup(
                String connect, java.net.InetSocketAddress remote, Configuration config) {
            return List.of();
        }

        @Override
        public boolean accept(
                String connect,
                java.net.InetSocketAddress remote,
                java.security.PublicKey key,
                Configuration config,
                org.eclipse.jgit.transport.CredentialsProvider provider) {
            return true;
        }
    }
}
