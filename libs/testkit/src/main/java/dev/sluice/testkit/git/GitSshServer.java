package dev.sluice.testkit.git;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Set;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Git over ssh for the bare repositories of a directory: {@code
 * ssh://git@127.0.0.1:<port>/<name>.git}. Clients are known by their keys alone.
 */
public final class GitSshServer implements AutoCloseable {

    private final SshServer server;
    private final PublicKey hostKey;

    private GitSshServer(SshServer server, PublicKey hostKey) {
        this.server = server;
        this.hostKey = hostKey;
    }

    /**
     * Serves what lies in the directory now or later to the holders of these keys, on any free
     * port, with a new host key.
     */
    public static GitSshServer start(Path directory, Set<PublicKey> allowed)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair host = generator.generateKeyPair();
        BareRepositories repositories = new BareRepositories(directory);
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator((user, key, session) ->
                allowed.stream().anyMatch(known -> KeyUtils.compareKeys(known, key)));
        server.setCommandFactory((channel, command) -> new GitCommand(command, repositories));
        server.start();
        return new GitSshServer(server, host.getPublic());
    }

    public int port() {
        return server.getPort();
    }

    /** The URL of a repository; the name without {@code .git}. */
    public String url(String name) {
        return "ssh://git@127.0.0.1:%d/%s.git".formatted(port(), name);
    }

    /** The line that a client's {@code known_hosts} needs. */
    public String knownHosts() {
        return "[127.0.0.1]:%d %s\n".formatted(port(), PublicKeyEntry.toString(hostKey));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** {@code git-upload-pack '/name.git'} or {@code git-receive-pack '/name.git'}. */
    private static final class GitCommand extends AbstractCommandSupport implements Command {

        private final BareRepositories repositories;

        GitCommand(String command, BareRepositories repositories) {
            super(command, null);
            this.repositories = repositories;
        }

        @Override
        public void run() {
            int space = getCommand().indexOf(' ');
            String program = getCommand().substring(0, Math.max(0, space));
            String path = getCommand().substring(space + 1).replace("'", "");
            try (Repository repository = repositories.open(path)) {
                switch (program) {
                    case "git-upload-pack" -> upload(repository);
                    case "git-receive-pack" ->
                            new ReceivePack(repository)
                                    .receive(getInputStream(), getOutputStream(), getErrorStream());
                    default -> throw new IOException("not a command of git: " + program);
                }
                onExit(0);
            } catch (IOException | RuntimeException e) {
                onExit(1, String.valueOf(e.getMessage()));
            }
        }

        private void upload(Repository repository) throws IOException {
            try (UploadPack pack = new UploadPack(repository)) {
                String protocol = getEnvironment().getEnv().get("GIT_PROTOCOL");
                if (protocol != null) {
                    pack.setExtraParameters(Set.of(protocol.split(":")));
                }
                pack.upload(getInputStream(), getOutputStream(), getErrorStream());
            }
        }
    }
}
