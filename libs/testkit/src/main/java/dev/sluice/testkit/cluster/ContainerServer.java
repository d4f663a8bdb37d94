package dev.sluice.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * K3s in a container, for machines that have Docker and no way to the programs themselves. It runs
 * all controllers.
 */
final class ContainerServer implements Server {

    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");
    private static final String TOKENS = "/etc/sluice/tokens.csv";

    private final K3sContainer container;
    private final String address;
    private final byte[] authority;

    private ContainerServer(K3sContainer container) throws ControlPlaneException {
        this.container = container;
        try {
            JsonNode cluster =
                    new YAMLMapper()
                            .readTree(container.getKubeConfigYaml())
                            .at("/clusters/0/cluster");
            this.address = cluster.path("server").asText();
            this.authority =
                    Base64.getDecoder().decode(cluster.path("certificate-authority-data").asText());
        } catch (IOException e) {
            throw new ControlPlaneException("K3s gave no kubeconfig that can be read: " + e);
        }
    }

    /**
     * Starts K3s; null where no Docker answers.
     *
     * @param tokens the API server's table of static tokens
     */
    static @Nullable ContainerServer start(String tokens, Consumer<String> progress)
            throws ControlPlaneException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return null;
        }
        progress.accept("starting K3s in a container");
        K3sContainer container = new K3sContainer(IMAGE);
        container.setCommand(
                "server",
                "--disable=traefik,servicelb,metrics-server,local-storage",
                "--tls-san=" + container.getHost(),
                "--kube-apiserver-arg=token-auth-file=" + TOKENS);
        container.withCopyToContainer(
                Transferable.of(tokens.getBytes(StandardCharsets.UTF_8), 0600), TOKENS);
        try {
            container.start();
        } catch (RuntimeException e) {
            throw new ControlPlaneException("K3s does not start: " + e.getMessage());
        }
        return new ContainerServer(container);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public byte[] authority() {
        return authority.clone();
    }

    @Override
    public void startControllers() {
        // K3s has them all.
    }

    @Override
    public void restart() throws ControlPlaneException {
        throw new ControlPlaneException(
                "K3s in a container changes its port when it restarts: install Go, or set KUBEBUILDER_ASSETS, for tests that restart the API server");
    }

    @Override
    public void close() {
        container.stop();
    }
}
