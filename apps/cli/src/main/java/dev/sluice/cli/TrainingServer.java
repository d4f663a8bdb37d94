package dev.sluice.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.tls.LoopbackKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * An API server for the rehearsal of {@link TrainCommand}: over TLS, with one Kustomization and its
 * source, whatever is asked.
 */
final class TrainingServer implements AutoCloseable {

    private static final String OBJECT =
            """
            {"apiVersion":"kustomize.toolkit.fluxcd.io/v1","kind":"Kustomization","metadata":{"name":"app","namespace":"flux-system","uid":"1",
             "resourceVersion":"1","generation":1,"creationTimestamp":"2026-01-01T00:00:00Z","labels":{"kustomize.toolkit.fluxcd.io/name":"app","kustomize.toolkit.fluxcd.io/namespace":"flux-system"}},
             "spec":{"path":"./app","prune":true,"interval":"1m","sourceRef":{"kind":"GitRepository","name":"app"},"url":"https://example.com"},
             "type":"Normal","reason":"Done","message":"done","lastTimestamp":"2026-01-01T00:00:00Z","involvedObject":{"kind":"Kustomization","name":"app"},
             "status":{"observedGeneration":1,"lastHandledReconcileAt":"1","lastAppliedRevision":"main@sha1:0123","conditions":[{"type":"Ready","status":"True","observedGeneration":1,
             "lastTransitionTime":"2026-01-01T00:00:00Z","message":"done"}],"inventory":{"entries":[{"id":"_apps__Namespace","v":"v1"}]}}}
            """;

    private final HttpsServer server;

    private TrainingServer(HttpsServer server) {
        this.server = server;
    }

    static TrainingServer start(Path folder) throws IOException, GeneralSecurityException {
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(LoopbackKey.context(folder)));
        server.createContext("/", TrainingServer::answer);
        server.start();
        return new TrainingServer(server);
    }

    String kubeconfig() {
        return """
        apiVersion: v1
        kind: Config
        current-context: a
        contexts: [{name: a, context: {cluster: a, user: a}}]
        clusters: [{name: a, cluster: {server: 'https://127.0.0.1:%d', insecure-skip-tls-verify: true}}]
        users: [{name: a, user: {token: t}}]
        """
                .formatted(server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean one = path.endsWith("/app") || exchange.getRequestMethod().equals("PATCH");
        String body = one ? OBJECT : "{\"metadata\":{},\"items\":[" + OBJECT + "]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
