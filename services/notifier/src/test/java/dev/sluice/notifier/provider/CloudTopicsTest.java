package dev.sluice.notifier.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Topics of cloud providers. */
class CloudTopicsTest {

    private static final String HUB =
            "Endpoint=sb://plant.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=c2VjcmV0=;EntityPath=events";

    private final RecordedExchange exchange = new RecordedExchange();

    private void tell(String type, Target target) throws Exception {
        Messengers.of(type).orElseThrow().tell(Samples.applied(), target, exchange);
    }

    @Test
    void anEventHubTakesTheEventUnderASharedKey() throws Exception {
        tell("azureeventhub", Samples.target("azureeventhub", HUB, ""));

        Request request = exchange.requests.getFirst();
        assertThat(request.url())
                .isEqualTo(
                        "https://plant.servicebus.windows.net/events/messages?api-version=2014-01&timeout=60");
        // Made with: printf 'RESOURCE\n1795418410' | openssl dgst -sha256 -hmac KEY -binary |
        // base64
        assertThat(
                        URLDecoder.decode(
                                request.headers().get("Authorization"), StandardCharsets.UTF_8))
                .isEqualTo(
                        "SharedAccessSignature sr=https://plant.servicebus.windows.net/events&sig=dSwCwVZ7vjVH7jy8o7WMsxbUSRTaN+zE0YKpbiwCKD4=&se=1795418410&skn=send");
        assertThat(exchange.body(0).at("/involvedObject/name").asText()).isEqualTo("app");
    }

    @Test
    void anEventHubTakesATokenToo() throws Exception {
        tell(
                "azureeventhub",
                Samples.target("azureeventhub", "events", "plant", Samples.access("", "jwt")));

        Request request = exchange.requests.getFirst();
        assertThat(request.url()).startsWith("https://plant.servicebus.windows.net/events/");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer jwt");
    }

    @Test
    void aConnectionStringWithoutAHubIsRefusedWithoutItsKey() {
        String incomplete = HUB.replace(";EntityPath=events", "");

        assertThatThrownBy(() ->
                        tell("azureeventhub", Samples.target("azureeventhub", incomplete, "")))
                .hasMessageContaining("EntityPath")
                .hasMessageNotContaining("c2Vj");
    }

    @Test
    void aTopicOfPubSubTakesTheEventWithATokenOfTheServiceAccount() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        String pem =
                "-----BEGIN PRIVATE KEY-----\\n"
                        + Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())
                        + "\\n-----END PRIVATE KEY-----\\n";
        String account =
                "{\"client_email\":\"sluice@plant.iam\",\"private_key\":\"%s\",\"token_uri\":\"https://tokens.example/token\"}"
                        .formatted(pem);
        exchange.answering(RecordedExchange.answer(200, "{\"access_token\":\"ya29\"}"));

        tell(
                "googlepubsub",
                Samples.target("googlepubsub", "plant", "events", Samples.access("", account)));

        String form = new String(exchange.requests.getFirst().body(), StandardCharsets.US_ASCII);
        String[] jwt = form.substring(form.indexOf("assertion=") + 10).split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((jwt[0] + '.' + jwt[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(jwt[2]))).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(jwt[1]), StandardCharsets.UTF_8))
                .contains("\"aud\":\"https://tokens.example/token\"");
        Request request = exchange.requests.getLast();
        assertThat(request.url())
                .isEqualTo("https://pubsub.googleapis.com/v1/projects/plant/topics/events:publish");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer ya29");
        assertThat(exchange.body(1).at("/messages/0/attributes/X-Site").asText())
                .isEqualTo("munich");
        assertThat(
                        new String(
                                Base64.getDecoder()
                                        .decode(exchange.body(1).at("/messages/0/data").asText()),
                                StandardCharsets.UTF_8))
                .contains("\"involvedObject\"");
    }

    @Test
    void aTokenThatIsNoServiceAccountIsRefusedWithoutShowingIt() {
        assertThatThrownBy(
                        () -> tell("googlepubsub", Samples.target("googlepubsub", "p", "hunter2")))
                .hasMessageContaining("service account")
                .hasMessageNotContaining("hunter2");
    }
}
