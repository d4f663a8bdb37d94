package dev.sluice.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeConfigFileTest {

    private static final String PLANT =
            """
            current-context: plant
            contexts:
            - {name: plant, context: {cluster: plant, user: robot, namespace: apps}}
            - {name: anonymous, context: {cluster: plant}}
            - {name: lost, context: {cluster: nowhere}}
            clusters:
            - {name: plant, cluster: {server: 'https://plant.example.com:6443/', insecure-skip-tls-verify: true}}
            users:
            - {name: robot, user: {token: secret-token}}
            - {name: person, user: {username: anna, password: pass}}
            """;

    @TempDir private Path folder;

    @Test
    void takesTheCurrentContext() throws Exception {
        ClusterAddress address = KubeConfigFile.find(write("a", PLANT), Map.of()).address(null);

        assertThat(address.server()).hasToString("https://plant.example.com:6443");
        assertThat(address.authorization()).contains("Bearer secret-token");
        assertThat(address.namespace()).isEqualTo("apps");
        assertThat(address.toString()).doesNotContain("secret-token");
    }

    @Test
    void takesTheContextThatIsNamed() throws Exception {
        ClusterAddress address =
                KubeConfigFile.find(write("a", PLANT), Map.of()).address("anonymous");

        assertThat(address.authorization()).isEmpty();
        assertThat(address.namespace()).isEqualTo("default");
    }

    @Test
    void readsTheFilesOfTheEnvironmentTheFirstOfThemWins() throws Exception {
        Path first =
                write(
                        "a",
                        "current-context: other\ncontexts:\n- {name: other, context: {cluster: plant, user: person}}\n");
        String variable =
                folder.resolve("absent")
                        + File.pathSeparator
                        + first
                        + File.pathSeparator
                        + write("b", PLANT);

        ClusterAddress address =
                KubeConfigFile.find(null, Map.of("KUBECONFIG", variable)).address(null);

        assertThat(address.authorization()).contains("Basic YW5uYTpwYXNz");
    }

    @Test
    void looksInTheHomeFolderLast() throws Exception {
        Files.createDirectory(folder.resolve(".kube"));
        write(".kube/config", PLANT);

        assertThat(
                        KubeConfigFile.find(null, Map.of("HOME", folder.toString()))
                                .address(null)
                                .server())
                .hasHost("plant.example.com");
    }

    @Test
    void tellsWhatIsMissing() throws Exception {
        Path file = write("a", PLANT);

        assertThatThrownBy(() -> KubeConfigFile.find(folder.resolve("none"), Map.of()))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("There is no kubeconfig at " + folder.resolve("none"));
        assertThatThrownBy(() -> KubeConfigFile.find(file, Map.of()).address("b"))
                .hasMessageContaining("no context named 'b'");
        assertThatThrownBy(() -> KubeConfigFile.find(file, Map.of()).address("lost"))
                .hasMessageContaining("no cluster named 'nowhere'");
        assertThatThrownBy(() -> KubeConfigFile.find(write("c", "{}"), Map.of()).address(null))
                .hasMessageContaining("--context");
        assertThatThrownBy(() -> KubeConfigFile.find(write("d", "a: [secret"), Map.of()))
                .hasMessageContaining("is not YAML")
                .hasMessageNotContaining("secret");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
