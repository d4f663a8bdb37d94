package dev.sluice.fetcher.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.http.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3BucketTest {

    private final Clock clock = Clock.systemUTC();
    private HttpServer server;
    private String listing = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String query = String.valueOf(exchange.getRequestURI().getQuery());
                    String body =
                            query.contains("continuation-token")
                                    ? page("z.yaml", "")
                                    : query.contains("list-type") ? listing : "object";
                    byte[] bytes = body.getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void listsAllPagesWithoutWhatStandsForDirectories() throws Exception {
        listing =
                page("a &amp; b.yaml", "more")
                        .replace(
                                "</Contents>",
                                "</Contents><Contents><Key>d/</Key><ETag>x</ETag><Size>0</Size></Contents>");

        assertThat(bucket().list("", 10).stream().map(S3Listing.Entry::key))
                .containsExactly("a & b.yaml", "z.yaml");
    }

    @Test
    void aBucketWithTooManyObjectsIsRefused() {
        listing = page("a", "more");

        assertThatThrownBy(() -> bucket().list("", 1)).hasMessageContaining("more than the 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no xml",
                "<ListBucketResult><Contents><Size>x</Size>",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><ListBucketResult><Contents><Key>&x;</Key></Contents></ListBucketResult>"
            })
    void aListingThatIsNoneIsAnError(String xml) {
        listing = xml;

        assertThatThrownBy(() -> bucket().list("", 10)).isInstanceOf(IOException.class);
    }

    /** The example of the documentation of signature version 4: GET of a bucket's lifecycle. */
    @Test
    void signsAsTheDocumentationShows() {
        S3Keys keys =
                new S3Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "");

        Map<String, String> headers =
                new S3Signature("us-east-1", keys)
                        .headers(
                                "GET",
                                URI.create("https://examplebucket.s3.amazonaws.com/?lifecycle="),
                                Instant.parse("2013-05-24T00:00:00Z"));

        assertThat(headers.get("Authorization"))
                .endsWith(
                        "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void nobodySignsNothing() {
        assertThat(
                        new S3Signature("us-east-1", S3Keys.ANONYMOUS)
                                .headers("GET", URI.create("https://h/"), Instant.EPOCH))
                .isEmpty();
    }

    private static String page(String key, String next) {
        return "<?xml version=\"1.0\"?><ListBucketResult><Name>b</Name><Contents><Key>%s</Key><ETag>\"e\"</ETag><Size>1</Size></Contents>%s</ListBucketResult>"
                .formatted(
                        key,
                        next.isEmpty()
                                ? ""
                                : "<NextContinuationToken>" + next + "</NextContinuationToken>");
    }

    private S3Bucket bucket() {
        return new S3Bucket(
                new WebClient(new HostGate(2, clock)),
                new S3Bucket.Place(
                        WebAccess.plain(Duration.ofSeconds(5)),
                        new S3Keys("key", "secret", ""),
                        "127.0.0.1:" + server.getAddress().getPort(),
                        true,
                        "b",
                        ""),
                clock);
    }
}
