package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandTest {

    @TempDir private Path folder;
    private final Map<String, ObjectNode> stored = new ConcurrentHashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;
    private Path kubeconfig;

    @BeforeEach
    void startAnApiServerThatStoresWhatIsApplied() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        kubeconfig =
                Files.writeString(
                        folder.resolve("config"),
                        """
                        current-context: a
                        contexts: [{name: a, context: {cluster: a, user: a}}]
                        clusters: [{name: a, cluster: {server: 'http://127.0.0.1:%d'}}]
                        users: [{name: a, user: {token: t}}]
                        """
                                .formatted(server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void appliesEverythingAndSaysWhatChanged() {
        int first = execute("install", "--kubeconfig", kubeconfig.toString());
        String created = out.toString();
        out.getBuffer().setLength(0);
        int second = execute("install", "--kubeconfig", kubeconfig.toString());

        assertThat(first).isZero();
        assertThat(created.lines()).hasSize(34).allMatch(line -> line.endsWith(" created"));
        assertThat(stored).containsKey("/api/v1/namespaces/flux-system");
        assertThat(stored)
                .containsKey("/api/v1/namespaces/flux-system/serviceaccounts/sluice-applier");
        assertThat(second).isZero();
        assertThat(out.toString().lines())
                .hasSize(34)
                .allMatch(line -> line.endsWith(" unchanged"));
    }

    @Test
    void printsWithoutACluster() {
        server.stop(0);

        int code = execute("install", "--export", "--components=rbac", "-n", "plant");

        assertThat(code).isZero();
        assertThat(out.toString())
                .startsWith("---\napiVersion: v1\nkind: Namespace\n")
                .contains("name: plant\n");
    }

    @Test
    void tellsThatTheClusterCannotBeReached() {
        server.stop(0);

        int code = execute("install", "--kubeconfig", kubeconfig.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("The API server http://127.0.0.1:").hasLineCount(1);
    }

    @Test
    void refusesANameThatNoNamespaceCanHave() {
        assertThat(execute("install", "--export", "-n", "a b")).isEqualTo(2);
        assertThat(err.toString()).contains("'a b' cannot be the name of a namespace");
    }

    private int execute(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PATCH")) {
            ObjectNode object = (ObjectNode) new ObjectMapper().readTree(exchange.getRequestBody());
            ((ObjectNode) object.get("metadata"))
                    .put("resourceVersion", Integer.toString(object.hashCode()));
            object.putObject("status")
                    .putArray("conditions")
                    .addObject()
                    .put("type", "Established")
                    .put("status", "True");
            stored.put(path, object);
        }
        ObjectNode object = stored.get(path);
        byte[] body =
                (object == null ? "{\"message\": \"not found\"}" : object.toString())
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(object == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
