package dev.sluice.kubernetes.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {

    private static final String NAME = "Secret 'team/remote'";

    @Test
    void takesWhatStandsInTheText() throws Exception {
        Config config = Kubeconfig.read(text("", "token: t0ken"), NAME);

        assertThat(config.getMasterUrl()).startsWith("https://10.0.0.1:6443");
        assertThat(config.getOauthToken()).isEqualTo("t0ken");
        assertThat(config.getCaCertData()).isEqualTo("Y2E=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/sh}",
                "auth-provider: {name: gcp}",
                "tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token",
                "client-certificate: /etc/ssl/x.crt",
                "client-key: /etc/ssl/x.key"
            })
    void runsNoProgramAndReadsNoFile(String user) {
        assertThatThrownBy(() -> Kubeconfig.read(text("", user), NAME))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("not allowed")
                .hasMessageContaining(NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"insecure-skip-tls-verify: true", "certificate-authority: /etc/ssl/ca.crt"})
    void trustsNoServerThatItCannotCheck(String cluster) {
        assertThatThrownBy(() -> Kubeconfig.read(text(", " + cluster, "token: t"), NAME))
                .isInstanceOf(TargetException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a list", "{", "kind: Config", "token: s3cret: x"})
    void tellsWhereThereIsNoneAndNeverWhatItHolds(String text) {
        assertThatThrownBy(() -> Kubeconfig.read(text, NAME))
                .isInstanceOf(TargetException.class)
                .hasMessageNotContaining("s3cret");
    }

    private static String text(String cluster, String user) {
        return """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: 'https://10.0.0.1:6443', certificate-authority-data: Y2E=%s}}]
        users: [{name: u, user: {%s}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
                .formatted(cluster, user);
    }
}
