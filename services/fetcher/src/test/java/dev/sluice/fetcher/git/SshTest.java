package dev.sluice.fetcher.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.ProxyAddress;
import dev.sluice.testkit.git.GitSshServer;
import dev.sluice.testkit.git.SampleRepository;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshTest {

    @TempDir Path directory;

    private final KeyPair key = key("EC");
    private GitSshServer server;
    private GitClient client;
    private String commit;

    @BeforeEach
    void start() throws Exception {
        try (SampleRepository repository = SampleRepository.in(directory, "fleet")) {
            commit = repository.commit("one", Map.of("a", "1"));
        }
        server = GitSshServer.start(directory, Set.of(key.getPublic()));
        client =
                new GitClient(
                        directory.resolve("kept"),
                        new HostGate(4, Clock.systemUTC()),
                        Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void fetchesWithAKey() throws Exception {
        GitRemote remote = remote(secret(key, "", server.knownHosts()));

        Wanted wanted = client.lsRemote(remote).find(new GitRef.Branch("main"));

        try (FetchedCommit fetched = client.fetch(remote, wanted)) {
            assertThat(fetched.sha()).isEqualTo(commit);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EdDSA", "RSA"})
    void knowsEveryCommonKindOfKey(String algorithm) throws Exception {
        KeyPair other = key(algorithm);
        try (GitSshServer strict = GitSshServer.start(directory, Set.of(other.getPublic()))) {
            GitCredentials credentials =
                    GitCredentials.ofSecret("git", true, secret(other, "", strict.knownHosts()));
            GitRemote remote =
                    GitRemote.of(
                            strict.url("fleet"),
                            credentials,
                            ProxyAddress.NONE,
                            Duration.ofSeconds(20));

            assertThat(client.lsRemote(remote).commits()).containsEntry("refs/heads/main", commit);
        }
    }

    @Test
    void opensAKeyWithItsPassphrase() throws Exception {
        Map<String, byte[]> secret = secret(key, "open sesame", server.knownHosts());
        secret.put("password", "open sesame".getBytes(UTF_8));

        assertThat(client.lsRemote(remote(secret)).commits()).isNotEmpty();
    }

    @Test
    void aWrongPassphraseIsAFailedOperationAndAMissingOneAFailedAuthentication() throws Exception {
        Map<String, byte[]> secret = secret(key, "open sesame", server.knownHosts());

        assertRefused(secret, GitFailure.Reason.AUTHENTICATION_FAILED);
        secret.put("password", "open barley".getBytes(UTF_8));
        assertRefused(secret, GitFailure.Reason.GIT_OPERATION_FAILED);
    }

    @Test
    void refusesAHostThatIsNotTheKnownOne() throws Exception {
        String other;
        try (GitSshServer stranger = GitSshServer.start(directory, Set.of())) {
            other = stranger.knownHosts().replaceFirst("^\\S+", "[127.0.0.1]:" + server.port());
        }

        assertRefused(secret(key, "", other), GitFailure.Reason.GIT_OPERATION_FAILED);
        assertRefused(
                secret(key, "", "@revoked " + server.knownHosts() + server.knownHosts()),
                GitFailure.Reason.GIT_OPERATION_FAILED);
    }

    @Test
    void isRefusedWithAKeyThatTheServerDoesNotKnow() throws Exception {
        assertRefused(
                secret(key("EC"), "", server.knownHosts()), GitFailure.Reason.GIT_OPERATION_FAILED);
    }

    @Test
    void aSecretWithoutKnownHostsOrIdentityIsOfNoUse() {
        assertThatThrownBy(() ->
                        GitCredentials.ofSecret("git", true, Map.of("identity", pem(key, ""))))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("known_hosts");
        assertThatThrownBy(() ->
                        GitCredentials.ofSecret(
                                "git", true, Map.of("known_hosts", new byte[] {65})))
                .isInstanceOf(GitFailure.class)
                .hasMessageContaining("identity");
    }

    private void assertRefused(Map<String, byte[]> secret, GitFailure.Reason reason) {
        assertThatThrownBy(() -> client.lsRemote(remote(secret)))
                .isInstanceOf(GitFailure.class)
                .extracting(failure -> ((GitFailure) failure).reason())
                .isEqualTo(reason);
    }

    private GitRemote remote(Map<String, byte[]> secret) throws GitFailure {
        GitCredentials credentials = GitCredentials.ofSecret("git", true, secret);
        return GitRemote.of(
                server.url("fleet"), credentials, ProxyAddress.NONE, Duration.ofSeconds(20));
    }

    private static Map<String, byte[]> secret(KeyPair key, String passphrase, String knownHosts)
            throws Exception {
        Map<String, byte[]> secret = new TreeMap<>();
        secret.put("identity", pem(key, passphrase));
        secret.put("known_hosts", knownHosts.getBytes(UTF_8));
        return secret;
    }

    private static byte[] pem(KeyPair key, String passphrase) throws Exception {
        OpenSSHKeyEncryptionContext encryption = null;
        if (!passphrase.isEmpty()) {
            encryption = new OpenSSHKeyEncryptionContext();
            encryption.setPassword(passphrase);
            encryption.setCipherType("256");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "test", encryption, out);
        return out.toByteArray();
    }

    private static KeyPair key(String algorithm) {
        try {
            KeyPairGenerator generator =
                    SecurityUtils.getKeyPairGenerator(
                            algorithm.equals("EdDSA") ? "Ed25519" : algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(256);
            }
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
