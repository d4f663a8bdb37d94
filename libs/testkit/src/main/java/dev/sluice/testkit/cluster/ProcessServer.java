package dev.sluice.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** etcd and kube-apiserver as processes of this machine, on loopback. */
final class ProcessServer implements Server {

    private static final String LOOPBACK = "127.0.0.1";

    private final ControlPlaneProgram program;
    private final Path directory;
    private final int etcdPort = freePort();
    private final int apiPort = freePort();
    private final List<ChildProcess> controllers = new ArrayList<>();
    private final ChildProcess etcd;
    private ChildProcess apiServer;

    /**
     * @param directory with {@code sa.key}, {@code sa.pub} and {@code tokens.csv}; data and logs
     *     come to lie there too
     */
    ProcessServer(ControlPlaneProgram program, Path directory) {
        this.program = program;
        this.directory = directory;
        etcd = startEtcd();
        apiServer = startApiServer();
    }

    boolean isAlive() {
        return etcd.isAlive() && apiServer.isAlive();
    }

    @Override
    public String address() {
        return "https://" + LOOPBACK + ':' + apiPort;
    }

    @Override
    public byte[] authority() {
        try {
            return Files.readAllBytes(directory.resolve("certs/apiserver.crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void startControllers() throws ControlPlaneException {
        controllers.add(
                ChildProcess.start(
                        program.controllerManager(
                                List.of(
                                        "--kubeconfig=" + directory.resolve("admin.kubeconfig"),
                                        "--service-account-private-key-file="
                                                + directory.resolve("sa.key"),
                                        "--use-service-account-credentials=false",
                                        "--secure-port=0",
                                        "--controllers=namespace-controller,garbage-collector-controller,serviceaccount-controller,clusterrole-aggregation-controller",
                                        "--leader-elect=false")),
                        directory,
                        "controller-manager.log"));
    }

    @Override
    public void restart() {
        apiServer.close();
        apiServer = startApiServer();
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

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
