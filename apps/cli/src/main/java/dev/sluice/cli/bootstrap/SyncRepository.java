package dev.sluice.cli.bootstrap;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/** A clone that is thrown away: reads, commits and pushes. */
final class SyncRepository implements AutoCloseable {

    private static final PersonIdent AUTHOR = new PersonIdent("Sluice", "");

    private final Path directory;
    private final Git git;
    private final String branch;
    private final GitAccess access;
    private final @Nullable SshdSessionFactory ssh;

    private SyncRepository(
            Path directory,
            Git git,
            String branch,
            GitAccess access,
            @Nullable SshdSessionFactory ssh) {
        this.directory = directory;
        this.git = git;
        this.branch = branch;
        this.access = access;
        this.ssh = ssh;
    }

    static SyncRepository open(String url, String branch, GitAccess access)
            throws BootstrapException {
        try {
            Path directory = Files.createTempDirectory("sluice-bootstrap");
            SshdSessionFactory ssh = ssh(directory, access);
            var clone =
                    Git.cloneRepository()
                            .setURI(url)
                            .setDirectory(directory.resolve("clone").toFile())
                            .setBranch("refs/heads/" + branch);
            configure(clone, access, ssh);
            Git git = clone.call();
            if (git.getRepository().resolve("HEAD") == null) {
                git.getRepository().updateRef("HEAD").link("refs/heads/" + branch);
            }
            return new SyncRepository(directory, git, branch, access, ssh);
        } catch (GitAPIException | IOException e) {
            throw new BootstrapException(
                    "the repository " + url + " cannot be cloned: " + e.getMessage(), e);
        }
    }

    Optional<String> read(String path) throws BootstrapException {
        Path file = file(path);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new BootstrapException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the files, commits and pushes; nothing happens where they are so already.
     *
     * @return whether there was something to commit
     */
    boolean commit(Map<String, String> files, String message) throws BootstrapException {
        try {
            boolean changed = false;
            for (Map.Entry<String, String> file : files.entrySet()) {
                if (read(file.getKey()).filter(file.getValue()::equals).isPresent()) {
                    continue;
                }
                Path path = file(file.getKey());
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
                git.add().addFilepattern(file.getKey()).call();
                changed = true;
            }
            if (changed) {
                git.commit()
                        .setAuthor(AUTHOR)
                        .setCommitter(AUTHOR)
                        .setSign(false)
                        .setMessage(message)
                        .call();
                push();
            }
            return changed;
        } catch (GitAPIException | IOException e) {
            throw new BootstrapException("cannot commit: " + e.getMessage(), e);
        }
    }

    private void push() throws GitAPIException, BootstrapException {
        var push = git.push().add("refs/heads/" + branch);
        configure(push, access, ssh);
        for (PushResult result : push.call()) {
            for (RemoteRefUpdate update : result.getRemoteUpdates()) {
                if (update.getStatus() != RemoteRefUpdate.Status.OK
                        && update.getStatus() != RemoteRefUpdate.Status.UP_TO_DATE) {
                    throw new BootstrapException(
                            "the push to "
                                    + branch
                                    + " was refused ("
                                    + update.getStatus()
                                    + (update.getMessage() == null
                                            ? ""
                                            : ": " + update.getMessage())
                                    + "): do it again, or look at the rules of the branch");
                }
            }
        }
    }

    /** The commit that the branch is at. */
    String head() throws BootstrapException {
        try {
            ObjectId head = git.getRepository().resolve("HEAD");
            if (head == null) {
                throw new BootstrapException("the branch " + branch + " has no commit");
            }
            return head.name();
        } catch (IOException e) {
            throw new BootstrapException("the head cannot be read: " + e.getMessage(), e);
        }
    }

    private Path file(String path) throws BootstrapException {
        Path root = directory.resolve("clone");
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root)) {
            throw new BootstrapException(path + " lies outside of the repository");
        }
        return file;
    }

    private static void configure(
            TransportCommand<?, ?> command, GitAccess access, @Nullable SshdSessionFactory ssh) {
        if (access.password() != null) {
            String user = access.username() == null ? "git" : access.username();
            command.setCredentialsProvider(
                    new UsernamePasswordCredentialsProvider(user, access.password()));
        }
        if (ssh != null) {
            command.setTransportConfigCallback(transport -> {
                if (transport instanceof SshTransport overSsh) {
                    overSsh.setSshSessionFactory(ssh);
                }
            });
        }
    }

    private static @Nullable SshdSessionFactory ssh(Path directory, GitAccess access)
            throws IOException {
        if (access.identity() == null) {
            return null;
        }
        File home = Files.createDirectories(directory.resolve("home")).toFile();
        Path identity = access.identity();
        List<Path> known = new ArrayList<>();
        if (access.knownHosts() != null) {
            known.add(access.knownHosts());
        }
        return new SshdSessionFactoryBuilder()
                .setPreferredAuthentications("publickey")
                .setHomeDirectory(home)
                .setSshDirectory(home)
                .setDefaultIdentities(_ -> List.of(identity))
                .setDefaultKnownHostsFiles(_ -> known)
                .build(null);
    }

    @Override
    public void close() {
        git.close();
        if (ssh != null) {
            ssh.close();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }
}
