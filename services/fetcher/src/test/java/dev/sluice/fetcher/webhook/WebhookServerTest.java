package dev.sluice.fetcher.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookServerTest {

    private static final String READY =
            "'webhookPath':'/hook/abc','conditions':[{'type':'Ready','status':'%s','reason':'x','message':'','lastTransitionTime':'2026-01-01T00:00:00Z'}]";

    private final Vertx vertx = Vertx.vertx();
    private final ReceiverTable table = new ReceiverTable();
    private final List<Delivery> taken = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private WebhookServer server;
    private int port;

    @BeforeEach
    void start() {
        server = new WebhookServer(vertx, table, (receiver, delivery) -> taken.add(delivery));
        port = server.start("127.0.0.1", 0);
        table.put(Receivers.receiver("generic", "", READY.formatted("True")));
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void takesACallWithItsHeadersAndItsBody() throws Exception {
        assertThat(post("/hook/abc", "{}")).isEqualTo(200);

        assertThat(taken.getFirst().text()).isEqualTo("{}");
        assertThat(taken.getFirst().header("X-Test")).isEqualTo("yes");
    }

    @Test
    void onlyTheExactPathIsKnown() throws Exception {
        for (String path :
                List.of("/hook/abc?x=y", "/hook/abc/", "/hook/", "/", "/hook/ABC", "//hook/abc")) {
            assertThat(post(path, "{}")).as(path).isEqualTo(404);
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void aReceiverThatIsSuspendedOrNotReadyIsOutOfOrder() throws Exception {
        table.put(Receivers.receiver("generic", ",'suspend':true", READY.formatted("True")));
        assertThat(post("/hook/abc", "{}")).isEqualTo(503);

        table.put(Receivers.receiver("generic", "", READY.formatted("False")));
        assertThat(post("/hook/abc", "{}")).isEqualTo(503);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedAndHeardToItsEnd() throws Exception {
        assertThat(post("/hook/abc", " ".repeat(WebhookServer.MAX_BODY))).isEqualTo(200);
        assertThat(post("/hook/abc", " ".repeat(WebhookServer.MAX_BODY + 1))).isEqualTo(413);
        assertThat(taken).hasSize(1);
    }

    @Test
    void anEndlessBodyIsCutOff() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /hook/abc HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[1 << 16];
            boolean cut = false;
            for (int i = 0; i < 4096 && !cut; i++) {
                try {
                    out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(chunk);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (java.io.IOException e) {
                    cut = true;
                }
            }
            assertThat(cut).isTrue();
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void anUnknownPathIsAnsweredBeforeTheBodyComes() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(
                            "POST /hook/nope HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 404");
        }
    }

    private int post(String path, String body) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("X-Test", "yes")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
