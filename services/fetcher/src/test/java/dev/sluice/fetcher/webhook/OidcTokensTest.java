package dev.sluice.fetcher.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.WebClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OidcTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final AtomicInteger asked = new AtomicInteger();
    private final OidcTokens tokens =
            new OidcTokens(new IssuerKeys(new WebClient(new HostGate(2, CLOCK)), CLOCK), CLOCK);
    private HttpServer server;
    private String issuer;
    private KeyPair pair;

    @BeforeEach
    void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        String keys =
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                        .formatted(
                                base64(key.getModulus().toByteArray()),
                                base64(key.getPublicExponent().toByteArray()));
        serve("/keys", keys);
        serve(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(issuer));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void takesATokenOfTheIssuerForTheAudience() throws Exception {
        assertThat(
                        tokens.claims(token("RS256", claims("us", 60)), issuer, "us")
                                .path("sub")
                                .asText())
                .isEqualTo("me");
        tokens.claims(token("RS256", claims("us", 60)), issuer, "us");
        assertThat(asked).as("keys are kept").hasValue(2);
    }

    @Test
    void refusesWhatIsNotMeantForUsOrNotForNow() throws Exception {
        refuses(token("RS256", claims("them", 60)));
        refuses(token("RS256", claims("us", -60)));
        refuses(token("RS256", "{\"iss\":\"%s\",\"aud\":\"us\"}".formatted(issuer)));
        refuses(token("RS256", claims("us", 60).replace(issuer, "http://elsewhere")));
    }

    @Test
    void refusesSignaturesThatAreNone() throws Exception {
        String good = token("RS256", claims("us", 60));
        String unsigned = base64("{\"alg\":\"none\"}") + "." + base64(claims("us", 60)) + ".";
        String symmetric = token("HS256", claims("us", 60));

        refuses(unsigned);
        refuses(symmetric);
        refuses(good.substring(0, good.lastIndexOf('.') + 1));
        refuses(good.substring(0, good.length() - 8) + "AAAAAAAA");
    }

    @Test
    void anUnknownKeyIsNotLookedForOverAndOver() throws Exception {
        tokens.claims(token("RS256", claims("us", 60)), issuer, "us");
        String other =
                token("RS256", claims("us", 60))
                        .replaceFirst("^[^.]*", base64("{\"alg\":\"RS256\",\"kid\":\"k2\"}"));

        for (int i = 0; i < 5; i++) {
            refuses(other);
        }

        assertThat(asked).hasValue(2);
    }

    private void refuses(String token) {
        assertThatThrownBy(() -> tokens.claims(token, issuer, "us"))
                .isInstanceOf(RefusedException.class);
    }

    private String claims(String audience, int seconds) {
        return "{\"iss\":\"%s\",\"aud\":[\"x\",\"%s\"],\"sub\":\"me\",\"exp\":%d}"
                .formatted(issuer, audience, NOW.plusSeconds(seconds).getEpochSecond());
    }

    private String token(String algorithm, String claims) throws Exception {
        String signed =
                base64("{\"alg\":\"%s\",\"kid\":\"k1\"}".formatted(algorithm))
                        + "."
                        + base64(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void serve(String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                path,
                exchange -> {
                    asked.incrementAndGet();
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }
}
