package dev.sluice.fetcher.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * ssh with the key and the known hosts of a Secret, and nothing of this machine: no agent, no
 * configuration, no other keys.
 */
final class SshSessions {

    private SshSessions() {}

    /**
     * @param emptyDirectory stands for the home directory
     */
    static SshdSessionFactory forRemote(GitRemote remote, Path emptyDirectory) throws GitFailure {
        GitCredentials credentials = remote.credentials();
        if (credentials.ssh().identity().isBlank()) {
            throw new GitFailure(
                    GitFailure.Reason.AUTHENTICATION_FAILED,
                    "ssh needs spec.secretRef: a Secret with identity and known_hosts");
        }
        List<KeyPair> keys = keys(credentials);
        KnownHosts hosts = new KnownHosts(entries(credentials.ssh().knownHosts()));
        return new SshdSessionFactoryBuilder()
                .setPreferredAuthentications("publickey")
                .setHomeDirectory(emptyDirectory.toFile())
                .setSshDirectory(emptyDirectory.toFile())
                .setConfigFile(directory -> null)
                .setConnectorFactory(null)
                .setDefaultKeysProvider(directory -> keys)
                .setServerKeyDatabase((home, directory) -> hosts)
                .build(null);
    }

    private static List<KeyPair> keys(GitCredentials credentials) throws GitFailure {
        String passphrase = credentials.password();
        byte[] pem = credentials.ssh().identity().getBytes(StandardCharsets.UTF_8);
        FilePasswordProvider provider =
                passphrase.isEmpty()
                        ? FilePasswordProvider.EMPTY
                        : FilePasswordProvider.of(passphrase);
        try {
            List<KeyPair> keys = new ArrayList<>();
            Iterable<KeyPair> loaded =
                    SecurityUtils.loadKeyPairIdentities(
                            null, () -> "identity", new ByteArrayInputStream(pem), provider);
            if (loaded != null) {
                loaded.forEach(keys::add);
            }
            if (keys.isEmpty()) {
                throw unusable("'identity' is not a private key that ssh knows", null);
            }
            return keys;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (passphrase.isEmpty()) {
                throw unusable(
                        "'identity' can't be read: it is damaged, or it has a passphrase and 'password' is not set",
                        e);
            }
            throw new GitFailure(
                    GitFailure.Reason.GIT_OPERATION_FAILED,
                    "'identity' can't be read with the passphrase in 'password'",
                    e);
        }
    }

    private static List<KnownHostEntry> entries(String text) throws GitFailure {
        List<KnownHostEntry> entries = new ArrayList<>();
        for (String line : text.lines().toList()) {
            try {
                KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(line);
                if (entry != null) {
                    entries.add(entry);
                }
            } catch (RuntimeException e) {
                throw unusable("'known_hosts' has a line that is none of a known host", e);
            }
        }
        return entries;
    }

    private static GitFailure unusable(String why, @Nullable Exception cause) {
        GitFailure failure = new GitFailure(GitFailure.Reason.AUTHENTICATION_FAILED, why);
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }

    /** Host keys are known beforehand or refused; nothing is learnt. */
    private record KnownHosts(List<KnownHostEntry> entries) implements ServerKeyDatabase {

        @Override
        public List<PublicKey> lookup(
                String address, InetSocketAddress remote, Configuration config) {
            return entries.stream()
                    .filter(entry -> entry.getMarker() == null && isFor(entry, remote))
                    .map(KnownHosts::key)
                    .toList();
        }

        @Override
        public boolean accept(
                String address,
                InetSocketAddress remote,
                PublicKey serverKey,
                Configuration config,
                @Nullable CredentialsProvider provider) {
            boolean revoked =
                    entries.stream()
                            .filter(entry -> "revoked".equals(entry.getMarker()))
                            .anyMatch(entry -> KeyUtils.compareKeys(key(entry), serverKey));
            return !revoked
                    && lookup(address, remote, config).stream()
                            .anyMatch(key -> KeyUtils.compareKeys(key, serverKey));
        }

        private static boolean isFor(KnownHostEntry entry, InetSocketAddress remote) {
            return entry.isHostMatch(remote.getHostString(), remote.getPort());
        }

        private static PublicKey key(KnownHostEntry entry) {
            try {
                AuthorizedKeyEntry key = entry.getKeyEntry();
                return key.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalArgumentException("'known_hosts' has a key that can't be read", e);
            }
        }
    }
}
