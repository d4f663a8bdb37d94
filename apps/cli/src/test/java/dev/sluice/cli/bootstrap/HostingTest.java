package dev.sluice.cli.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.cli.bootstrap.Hosting.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostingTest {

    private static final String ANSWER =
            "{\"clone_url\": \"https://git.example.com/acme/fleet.git\", \"http_url_to_repo\": \"https://git.example.com/acme/fleet.git\"}";

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void takesARepositoryThatIsThere(Kind kind) throws Exception {
        answers.put("GET " + lookup(kind), ANSWER);

        assertThat(hosting().ensure(wanted(kind, false)))
                .isEqualTo("https://git.example.com/acme/fleet.git");
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void makesOneThatIsMissingForAnOrganisation(Kind kind) throws Exception {
        String create =
                switch (kind) {
                    case github -> "POST /api/v3/orgs/acme/repos";
                    case gitlab -> "POST /api/v4/projects";
                    case gitea -> "POST /api/v1/orgs/acme/repos";
                };
        answers.put(create, ANSWER);
        answers.put("GET /api/v4/groups/acme", "{\"id\": 7}");

        assertThat(hosting().ensure(wanted(kind, false))).endsWith("/acme/fleet.git");

        assertThat(requests.getLast()).isEqualTo(create);
        assertThat(bodies.getLast())
                .contains("\"name\":\"fleet\"")
                .contains(kind == Kind.gitlab ? "\"namespace_id\":7" : "\"private\":true");
    }

    @Test
    void makesOneForAUser() throws Exception {
        answers.put("POST /api/v3/user/repos", ANSWER);

        assertThat(hosting().ensure(wanted(Kind.github, true))).endsWith("/acme/fleet.git");
    }

    @Test
    void saysWhoRefusesAndNeverTheToken() {
        assertThatThrownBy(() -> hosting().ensure(wanted(Kind.github, false)))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("acme/fleet")
                .hasMessageContaining("HTTP 404")
                .hasMessageNotContaining("the-token");
    }

    private Hosting hosting() {
        return new Hosting(client, "the-token", "http");
    }

    private Hosting.Wanted wanted(Kind kind, boolean personal) {
        return new Hosting.Wanted(
                kind,
                "localhost:" + server.getAddress().getPort(),
                "acme",
                "fleet",
                personal,
                true);
    }

    private static String lookup(Kind kind) {
        return switch (kind) {
            case github -> "/api/v3/repos/acme/fleet";
            case gitlab -> "/api/v4/projects/acme%2Ffleet";
            case gitea -> "/api/v1/repos/acme/fleet";
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getRawPath();
        requests.add(request);
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String text = answers.get(request);
        byte[] body = (text == null ? "{}" : text).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(text == null ? 404 : 200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
