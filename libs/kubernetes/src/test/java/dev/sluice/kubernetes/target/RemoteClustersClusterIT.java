package dev.sluice.kubernetes.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.LiveCluster;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The API server itself plays the other cluster, which trusts its own tokens. */
class RemoteClustersClusterIT {

    private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    private final String namespace = LiveCluster.namespace("remote");
    private final RemoteReference map = new RemoteReference(namespace, "ConfigMap", "other", "");

    @Test
    void getsInWithTheTokenOfAServiceAccount() throws Exception {
        LiveCluster.send(
                ApiRequest.post(
                        "/api/v1/namespaces/" + namespace + "/serviceaccounts",
                        "{\"metadata\":{\"name\":\"deployer\"}}"));
        configMap("deployer", "[https://kubernetes.default.svc]");

        try (RemoteClusters clusters = new RemoteClusters(LiveCluster.cluster())) {
            Cluster remote = clusters.of(map);
            String user =
                    remote.send(
                                    ApiRequest.post(
                                            WHO,
                                            "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}"))
                            .object()
                            .at("/status/userInfo/username")
                            .asText();

            assertThat(user).isEqualTo("system:serviceaccount:" + namespace + ":deployer");
            assertThat(clusters.of(map)).isSameAs(remote);
        }
    }

    @Test
    void tellsWhatIsMissing() throws Exception {
        try (RemoteClusters clusters = new RemoteClusters(LiveCluster.cluster())) {
            assertThatThrownBy(() -> clusters.of(map))
                    .isInstanceOf(TargetException.class)
                    .hasMessageContaining("ConfigMap '" + namespace + "/other' was not found");
            configMap("nobody", "");
            assertThatThrownBy(() -> clusters.of(map))
                    .isInstanceOf(TargetException.class)
                    .hasMessageContaining("\"nobody\" not found");
        }
    }

    private void configMap(String account, String audiences) throws Exception {
        Config here = Config.fromKubeconfig(LiveCluster.plane().kubeconfig("admin").toFile());
        ObjectNode object = LiveCluster.JSON.createObjectNode();
        object.putObject("metadata").put("name", "other");
        object.putObject("data")
                .put("provider", "generic")
                .put("address", here.getMasterUrl().replaceAll("/$", ""))
                .put("ca.crt", authority(here))
                .put("audiences", audiences)
                .put("serviceAccountName", account);
        LiveCluster.send(
                ApiRequest.post(
                        "/api/v1/namespaces/" + namespace + "/configmaps", object.toString()));
    }

    private static String authority(Config config) throws Exception {
        return config.getCaCertFile() != null
                ? Files.readString(Path.of(config.getCaCertFile()))
                : new String(Base64.getDecoder().decode(config.getCaCertData()));
    }
}
