package dev.sluice.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneTest {

    @TempDir Path directory;

    @Test
    void keepsItsObjectsOverARestartOfTheApiServer() throws Exception {
        try (ControlPlane controlPlane = ControlPlane.start(directory, System.out::println);
                KubernetesClient client = client(controlPlane)) {
            client.configMaps()
                    .inNamespace("default")
                    .resource(
                            new io.fabric8.kubernetes.api.model.ConfigMapBuilder()
                                    .withNewMetadata()
                                    .withName("kept")
                                    .endMetadata()
                                    .build())
                    .create();

            controlPlane.restartApiServer();

            assertThat(client.configMaps().inNamespace("default").withName("kept").get())
                    .isNotNull();
        }
    }

    private static KubernetesClient client(ControlPlane controlPlane) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(controlPlane.kubeconfig("admin").toFile()))
                .build();
    }
}
