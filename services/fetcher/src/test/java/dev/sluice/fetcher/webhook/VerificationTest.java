package dev.sluice.fetcher.webhook;

import static dev.sluice.fetcher.webhook.Receivers.call;
import static dev.sluice.fetcher.webhook.Receivers.hmac;
import static dev.sluice.fetcher.webhook.Receivers.receiver;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fluxapi.notification.Receiver;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {

    private static final String BODY = "{\"ref\":\"refs/heads/main\"}";

    private final Clock clock = Clock.systemUTC();
    private final Verification verification =
            new Verification(
                    new OidcTokens(
                            new IssuerKeys(new WebClient(new HostGate(2, clock)), clock), clock));

    @ParameterizedTest
    @CsvSource({"sha1,HmacSHA1", "sha256,HmacSHA256", "sha512,HmacSHA512"})
    void takesSignaturesOfThreeAlgorithms(String name, String algorithm) {
        accepts(
                receiver("generic-hmac"),
                call(BODY, "x-signature", name + "=" + hmac(algorithm, BODY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256",
                "sha256=",
                "sha256=zz",
                "sha256=00",
                "md5=00",
                "=",
                "sha256=="
            })
    void refusesWhatIsNoSignature(String signature) {
        refuses(receiver("generic-hmac"), call(BODY, "x-signature", signature));
    }

    @Test
    void refusesASignatureOfAnotherBody() {
        refuses(
                receiver("generic-hmac"),
                call(BODY + " ", "x-signature", "sha256=" + hmac("HmacSHA256", BODY)));
    }

    @Test
    void anEmptyTokenSignsNothing() {
        assertThatThrownBy(() ->
                        verification.check(
                                receiver("generic-hmac"),
                                new ReceiverToken("", "", ""),
                                call(BODY, "x-signature", "sha256=00")))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void aWrongStrongSignatureIsNotSavedByARightWeakOne() {
        accepts(
                receiver("github"),
                call(BODY, "x-hub-signature", "sha1=" + hmac("HmacSHA1", BODY)));
        refuses(
                receiver("github"),
                call(
                        BODY,
                        "x-hub-signature",
                        "sha1=" + hmac("HmacSHA1", BODY),
                        "x-hub-signature-256",
                        "sha256=" + "0".repeat(64)));
    }

    @Test
    void onlyListedEventsCountWhateverTheirCase() {
        Receiver pushes = receiver("github", ",'events':['push']", "");
        String signature = "sha256=" + hmac("HmacSHA256", BODY);

        accepts(pushes, call(BODY, "x-hub-signature-256", signature, "x-github-event", "PUSH"));
        refuses(pushes, call(BODY, "x-hub-signature-256", signature, "x-github-event", "release"));
        refuses(pushes, call(BODY, "x-hub-signature-256", signature));
    }

    @Test
    void gitLabAndHarborShowTheTokenItself() {
        accepts(receiver("gitlab"), call(BODY, "x-gitlab-token", "s3cret"));
        refuses(receiver("gitlab"), call(BODY, "x-gitlab-token", "s3cre"));
        refuses(receiver("gitlab"), call(BODY));
        accepts(receiver("harbor"), call("no json", "authorization", "s3cret"));
        refuses(receiver("harbor"), call(BODY, "authorization", "Bearer s3cret"));
    }

    @Test
    void nexusSignsWithBareLowerCaseHex() {
        String code = hmac("HmacSHA1", BODY);
        accepts(receiver("nexus"), call(BODY, "x-nexus-webhook-signature", code));
        refuses(
                receiver("nexus"),
                call(BODY, "x-nexus-webhook-signature", code.toUpperCase(java.util.Locale.ROOT)));
        refuses(receiver("nexus"), call(BODY, "x-nexus-webhook-signature", "sha1=" + code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dockerhub", "quay", "acr"})
    void registriesMustSendAJsonObjectOfTheirForm(String type) {
        accepts(receiver(type), call("{}"));
        refuses(receiver(type), call("[]"));
        refuses(receiver(type), call(""));
        refuses(receiver(type), call("{"));
        refuses(receiver(type), call("{\"push_data\":1,\"docker_url\":1,\"target\":1}"));
        refuses(receiver(type), call("{\"a\":".repeat(5000)));
    }

    @Test
    void cdEventsNeedAContextOfTheSpecification() {
        String context =
                "{\"context\":{\"version\":\"0.4.1\",\"id\":\"1\",\"source\":\"/ci\",\"type\":\"%s\",\"timestamp\":\"2026-01-01T00:00:00Z\"}}";
        accepts(
                receiver("cdevents"),
                call(context.formatted("dev.cdevents.pipelinerun.finished.0.2.0")));
        refuses(
                receiver("cdevents"),
                call(context.formatted("dev.cdevents.pipelinerun.exploded.0.2.0")));
        refuses(receiver("cdevents"), call(context.formatted("com.example.push")));
        refuses(receiver("cdevents"), call("{\"context\":[]}"));
        refuses(receiver("cdevents"), call("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcr", "generic-oidc"})
    void tokensThatAreNoneAreRefused(String type) {
        refuses(receiver(type), call("{}"));
        refuses(receiver(type), call("{}", "authorization", "Bearer x"));
        refuses(receiver(type), call("{}", "authorization", "Bearer a.b.c"));
        refuses(receiver(type), call("{}", "authorization", "Bearer e30.e30."));
        refuses(receiver(type), call("{}", "authorization", "Bearer " + "x".repeat(1 << 20)));
    }

    private void accepts(Receiver receiver, Delivery delivery) {
        assertThatCode(() -> verification.check(receiver, Receivers.TOKEN, delivery))
                .doesNotThrowAnyException();
    }

    private void refuses(Receiver receiver, Delivery delivery) {
        assertThatThrownBy(() -> verification.check(receiver, Receivers.TOKEN, delivery))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal ->
                                org.assertj.core.api.Assertions.assertThat(refusal.why().status())
                                        .isEqualTo(400));
    }
}
