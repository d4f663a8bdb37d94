package dev.sluice.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * A running control plane on loopback. Ready when {@link #start} returns; ends with {@link #close},
 * and with this process however that ends.
 *
 * <p>Two users of the group {@code system:masters} by token: {@code admin} for whoever drives,
 * {@code sluice} for what is driven, so that their requests can be told apart. RBAC is on, for
 * impersonated accounts.
 */
public final class ControlPlane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String LOOPBACK = "127.0.0.1";

    private final ControlPlaneProgram program;
    private final Path directory;
    private final int etcdPort = freePort();
    private final int apiPort = freePort();
    private final List<ChildProcess> controllers = new ArrayList<>();
    private final ChildProcess etcd;
    private ChildProcess apiServer;

    private ControlPlane(ControlPlaneProgram program, Path directory) {
        this.program = program;
        this.directory = directory;
        writeKeys();
        etcd = startEtcd();
        apiServer = startApiServer();
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
        progress.accept("starting etcd and kube-apiserver");
        ControlPlane started = new ControlPlane(program, directory);
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
        controllers.add(
                ChildProcess.start(
                        program.controllerManager(
                                List.of(
                                        "--kubeconfig=" + kubeconfig("admin"),
                                        "--service-account-private-key-file="
                                                + directory.resolve("sa.key"),
                                        "--use-service-account-credentials=false",
                                        "--secure-port=0",
                                        "--controllers=namespace-controller,garbage-collector-controller,serviceaccount-controller,clusterrole-aggregation-controller",
                                        "--leader-elect=false")),
                        directory,
                        "controller-manager.log"));
        return this;
    }

    /** The address of the API server. */
    public String server() {
        return "https://" + LOOPBACK + ':' + apiPort;
    }

    /**
     * A kubeconfig file.
     *
     * @param user {@code admin} or {@code sluice}
     */
    public Path kubeconfig(String user) {
        try {
            Path file = directory.resolve(user + ".kubeconfig");
            String authority =
                    Base64.getEncoder()
                            .encodeToString(
                                    Files.readAllBytes(directory.resolve("certs/apiserver.crt")));
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
        apiServer.close();
        apiServer = startApiServer();
        awaitReady();
    }

    @Override
    public void close() {
        controllers.forEach(ChildProcess::close);
        apiServer.close();
        etcd.close();
    }

    private ChildProcess startEtcd() {
        String client = "http://" + LOOPBACK + ':' + etcdPort;
        String peer = "http://" + LOOPBACK + ':' + freePort();
        return ChildProcess.start(
                program.etcd(
                        List.of(
                                "--data-dir=etcd",
                                "--listen-client-urls=" + client,
                                "--advertise-client-urls=" + client,
                                "--listen-peer-urls=" + peer,
                                "--initial-advertise-peer-urls=" + peer,
                                "--initial-cluster=default=" + peer,
                                "--unsafe-no-fsync",
                                "--log-level=error")),
                directory,
                "etcd.log");
    }

    private ChildProcess startApiServer() {
        return ChildProcess.start(
                program.apiServer(
                        List.of(
                                "--etcd-servers=http://" + LOOPBACK + ':' + etcdPort,
                                "--cert-dir=certs",
                                "--bind-address=" + LOOPBACK,
                                "--secure-port=" + apiPort,
                                "--service-account-key-file=sa.pub",
                                "--service-account-signing-key-file=sa.key",
                                "--service-account-issuer=https://kubernetes.default.svc",
                                "--service-cluster-ip-range=10.0.0.0/16",
                                "--token-auth-file=tokens.csv",
                                "--authorization-mode=RBAC",
                                "--disable-admission-plugins=ServiceAccount")),
                directory,
                "apiserver.log");
    }

    private void awaitReady() throws ControlPlaneException {
        new Readiness(server(), token("admin"), directory)
                .await(PATIENCE, () -> etcd.isAlive() && apiServer.isAlive());
    }

    private void writeKeys() {
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
            Files.writeString(
                    directory.resolve("tokens.csv"),
                    "%s,admin,admin,\"system:masters\"%n%s,sluice,sluice,\"system:masters\"%n"
                            .formatted(token("admin"), token("sluice")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
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

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
