package dev.sluice.notifier.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsTest {

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void tell() throws Exception {
        String address = "nats://127.0.0.1:" + server.getLocalPort();
        Target target =
                Samples.target("nats", address, "deployments", Samples.access("", "s3cret"));
        Messengers.of("nats")
                .orElseThrow()
                .tell(
                        Samples.failed(),
                        target,
                        _ -> {
                            throw new AssertionError("nothing goes over HTTP");
                        });
    }

    /** One connection of a server: what the client says up to its ping, answered by the lines. */
    private CompletableFuture<List<String>> serve(String... answers) {
        return CompletableFuture.supplyAsync(() -> {
            List<String> said = new ArrayList<>();
            try (Socket client = server.accept()) {
                client.getOutputStream()
                        .write(
                                "INFO {\"max_payload\":1048576}\r\n"
                                        .getBytes(StandardCharsets.UTF_8));
                BufferedReader in =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    said.add(line);
                    if (line.equals("PING")) {
                        for (String answer : answers) {
                            client.getOutputStream()
                                    .write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
                        }
                    }
                }
            } catch (IOException e) {
                said.add("broken off");
            }
            return said;
        });
    }

    @Test
    void publishesTheEventOnTheSubject() throws Exception {
        CompletableFuture<List<String>> said = serve("PING", "PONG");

        tell();

        List<String> lines = said.join();
        String body = lines.get(2);
        assertThat(lines.getFirst()).startsWith("CONNECT {");
        assertThat(lines.get(1))
                .isEqualTo("PUB deployments " + body.getBytes(StandardCharsets.UTF_8).length);
        assertThat(RecordedExchange.JSON.readTree(body).path("message").asText())
                .isEqualTo("it broke");
        assertThat(lines).contains("PONG");
    }

    @Test
    void aRefusalIsToldAndTriedAgain() {
        serve("-ERR 'Authorization Violation'");

        assertThatThrownBy(this::tell)
                .isInstanceOfSatisfying(
                        TellException.class,
                        e ->
                                assertThat(e.prospect())
                                        .isEqualTo(TellException.Prospect.SERVICE_AWAY))
                .hasMessageContaining("Authorization Violation")
                .hasMessageNotContaining("s3cret");
    }
}
