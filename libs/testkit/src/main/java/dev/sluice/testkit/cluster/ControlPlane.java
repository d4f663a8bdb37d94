package dev.sluice.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * A running control plane on loopback: the programs that {@link ControlPlaneProgram} finds, or else
 * K3s where Docker answers. Ready when {@link #start} returns; ends with {@link #close}, and with
 * this process however that ends.
 *
 * <p>Two users of the group {@code system:masters} by token: {@code admin} for whoever drives,
 * {@code sluice} for what is driven, so that their requests can be told apart. RBAC is on, for
 * impersonated accounts.
 */
public final class ControlPlane implements AutoCloseable {

    private static final String NOTHING_FOUND =
            "no Kubernetes control plane for tests: install Go 1.26 or newer (one is built, once), or open the way to its download, or start Docker, or point KUBEBUILDER_ASSETS to a directory with etcd and kube-apiserver";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path directory;
    private final Server server;

    private ControlPlane(Path directory, Server server) {
        this.directory = directory;
        this.server = server;
    }

    /**
     * Finds the programs and starts etcd and the API server.
     *
     * @param directory for its data, keys and logs; made anew
     * @param progress takes lines that tell what is being done, where it takes long
     * @throws ControlPlaneException where no program is to be had, or it does not come up; the
     *     message says what to do
     */
    public static ControlPlane start(Path directory, Consumer<String> progress)
            throws ControlPlaneException {
        ControlPlaneProgram program = ControlPlaneProgram.find(progress);
        writeKeys(directory);
        Server server;
        if (program == null) {
            server = ContainerServer.start(tokens(), progress);
            if (server == null) {
                throw new ControlPlaneException(NOTHING_FOUND);
            }
        } else {
            progress.accept("starting etcd and kube-apiserver");
            server = new ProcessServer(program, directory);
        }
        ControlPlane started = new ControlPlane(directory, server);
        try {
            started.awaitReady();
        } catch (ControlPlaneException | RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    /**
     * Starts the controllers that deletion needs: garbage collection, namespaces, service accounts,
     * aggregated roles.
     */
    public ControlPlane withControllers() throws ControlPlaneException {
        kubeconfig("admin");
        server.startControllers();
        return this;
    }

    /** The address of the API server. */
    public String server() {
        return server.address();
    }

    /**
     * A kubeconfig file.
     *
     * @param user {@code admin} or {@code sluice}
     */
    public Path kubeconfig(String user) {
        try {
            Path file = directory.resolve(user + ".kubeconfig");
            String authority = Base64.getEncoder().encodeToString(server.authority());
            Files.writeString(
                    file,
                    """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: local, cluster: {server: '%s', certificate-authority-data: %s}}]
                    users: [{name: %s, user: {token: %s}}]
                    contexts: [{name: local, context: {cluster: local, user: %s}}]
                    current-context: local
                    """
                            .formatted(server(), authority, user, token(user), user));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Kills the API server and starts it again on the same port and data, as an upgrade or a crash
     * does.
     */
    public void restartApiServer() throws ControlPlaneException {
        server.restart();
        awaitReady();
    }

    @Override
    public void close() {
        server.close();
    }

    private void awaitReady() throws ControlPlaneException {
        new Readiness(server(), token("admin"), directory)
                .await(PATIENCE, () -> !(server instanceof ProcessServer local) || local.isAlive());
    }

    private static void writeKeys(Path directory) {
        try {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            Files.writeString(
                    directory.resolve("sa.key"),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(
                    directory.resolve("sa.pub"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            Files.writeString(directory.resolve("tokens.csv"), tokens());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String tokens() {
        return "%s,admin,admin,\"system:masters\"%n%s,sluice,sluice,\"system:masters\"%n"
                .formatted(token("admin"), token("sluice"));
    }

    /** Loopback only, and gone with the test: a fixed token per user is no secret. */
    private static String token(String user) {
        return user + "-token";
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(
                        what,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der),
                        what);
    }
}
