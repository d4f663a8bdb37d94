package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.cli.flux.ServedKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    @TempDir private Path data;
    private final Run run = new Run();
    private FakeApiServer server;

    @BeforeEach
    void startWithAllThatIsNeeded() throws IOException {
        server = new FakeApiServer();
        server.put("/version", "{\"gitVersion\": \"v1.34.1\"}");
        for (ServedKind kind : ServedKind.all()) {
            server.put(
                    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
                            + kind.plural()
                            + '.'
                            + kind.group(),
                    """
                    {"spec": {"versions": [{"name": "%s", "served": true}]},
                     "status": {"conditions": [{"type": "Established", "status": "True"}]}}
                    """
                            .formatted(kind.version()));
        }
        server.put("/apis/apps/v1/namespaces/flux-system/deployments", "{\"items\": []}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void findsTheProcessOfThisMachineByItsDataDirectory() throws IOException {
        HttpServer local =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        local.createContext(
                "/q/health/ready",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        local.start();
        String address = "http://localhost:" + local.getAddress().getPort();
        Files.writeString(data.resolve("http.address"), address + "\n");

        try {
            assertThat(check()).isZero();
        } finally {
            local.stop(0);
        }
        assertThat(run.takeErr()).contains("✔ " + address + "/q/health/ready answers 200");

        assertThat(check()).as("it has ended").isEqualTo(1);
    }

    @Test
    void saysWhereItLookedWhereNothingRuns() throws IOException {
        assertThat(check()).isEqualTo(1);
        assertThat(run.takeErr()).contains("no sluice up in " + data);
    }

    private int check() throws IOException {
        Path config = server.kubeconfig(data);
        return run.sluice("check", "--kubeconfig", config.toString(), "--data", data.toString());
    }
}
