package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandTest {

    @TempDir private Path folder;
    private final Run run = new Run();
    private FakeApiServer server;
    private String kubeconfig;

    @BeforeEach
    void start() throws IOException {
        server = new FakeApiServer();
        server.controlledBy(InstallCommandTest::established);
        kubeconfig = server.kubeconfig(folder).toString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void appliesEverythingAndSaysWhatChanged() {
        int first = run.sluice("install", "--kubeconfig", kubeconfig);
        String created = run.takeOut();
        int second = run.sluice("install", "--kubeconfig", kubeconfig);

        assertThat(first).isZero();
        assertThat(created.lines()).isNotEmpty().allMatch(line -> line.endsWith(" created"));
        assertThat(server.get("/api/v1/namespaces/flux-system")).isNotNull();
        assertThat(server.get("/api/v1/namespaces/flux-system/serviceaccounts/sluice-applier"))
                .isNotNull();
        assertThat(second).isZero();
        assertThat(run.takeOut().lines())
                .hasSize((int) created.lines().count())
                .allMatch(line -> line.endsWith(" unchanged"));
    }

    @Test
    void printsWithoutACluster() {
        server.close();

        int code = run.sluice("install", "--export", "--components=rbac", "-n", "plant");

        assertThat(code).isZero();
        assertThat(run.takeOut())
                .startsWith("---\napiVersion: v1\nkind: Namespace\n")
                .contains("name: plant\n");
    }

    @Test
    void tellsThatTheClusterCannotBeReached() {
        server.close();

        int code = run.sluice("install", "--kubeconfig", kubeconfig);

        assertThat(code).isEqualTo(1);
        assertThat(run.takeErr()).startsWith("The API server http://127.0.0.1:").hasLineCount(1);
    }

    @Test
    void refusesANameThatNoNamespaceCanHave() {
        assertThat(run.sluice("install", "--export", "-n", "a b")).isEqualTo(2);
        assertThat(run.takeErr()).contains("'a b' cannot be the name of a namespace");
    }

    private static ObjectNode established(ObjectNode object) {
        object.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Established")
                .put("status", "True");
        return object;
    }
}
