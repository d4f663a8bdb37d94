package dev.sluice.notifier.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each kind of service is sent. */
class MessengersTest {

    private static final String URL = "https://chat.example/hook";

    private final RecordedExchange exchange = new RecordedExchange();

    private void tell(Notification notification, Target target) throws Exception {
        Messengers.of(target.type()).orElseThrow().tell(notification, target, exchange);
    }

    private static JsonNode json(String text) throws Exception {
        return RecordedExchange.JSON.readTree(text.replace('\'', '"'));
    }

    @Test
    void aGenericServiceGetsTheEventAndTheHeadersOfTheSecret() throws Exception {
        tell(Samples.failed(), Samples.target("generic", URL, "secret"));

        assertThat(exchange.body(0))
                .isEqualTo(
                        json(
                                """
                                {'involvedObject':{'kind':'Kustomization','namespace':'team','name':'app','uid':'u-1',
                                 'apiVersion':'kustomize.toolkit.fluxcd.io/v1','resourceVersion':'4711'},
                                 'severity':'error','timestamp':'2026-11-23T07:05:09Z','message':'it broke','reason':'HealthCheckFailed',
                                 'metadata':{'env':'prod','revision':'main@sha1:0c1b7a3de5b1f9d0a2c4e6f8091a2b3c4d5e6f70','summary':'plant 7'},
                                 'reportingController':'kustomize-controller','reportingInstance':'munich'}
                                """));
        assertThat(exchange.requests.getFirst().headers())
                .containsEntry("Gotk-Component", "kustomize-controller")
                .containsEntry("X-Site", "munich")
                .doesNotContainKey("X-Signature");
    }

    @Test
    void aSignedServiceCanTellWhoSentTheBody() throws Exception {
        tell(Samples.applied(), Samples.target("generic-hmac", URL, "key"));

        Request request = exchange.requests.getFirst();
        assertThat(request.headers())
                .containsEntry(
                        "X-Signature", "sha256=" + Digests.hmacSha256("key", request.body()));
        assertThat(Digests.hmacSha256("key", "body".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("515aae133b435d4000956731f68ae5cf5eb85d4f0dc6a546d2bfcd3595ec1ae1");
    }

    @Test
    void slackGetsAnAttachment() throws Exception {
        tell(Samples.applied(), Samples.target("slack", URL, "xoxb"));

        assertThat(exchange.body(0))
                .isEqualTo(
                        json(
                                """
                                {'channel':'room','username':'bot','icon_url':'','icon_emoji':'','attachments':[{
                                 'fallback':'kustomization/app.team: done','color':'good','author_name':'kustomization/app.team',
                                 'text':'done\\nall of it','mrkdwn_in':['text'],'fields':[
                                 {'title':'env','value':'prod','short':false},
                                 {'title':'revision','value':'main@sha1:0c1b7a3de5b1f9d0a2c4e6f8091a2b3c4d5e6f70','short':false},
                                 {'title':'summary','value':'plant 7','short':false}]}]}
                                """));
        assertThat(exchange.requests.getFirst().headers())
                .containsEntry("Authorization", "Bearer xoxb");
    }

    @Test
    void slacksApiRefusesInItsBody() {
        exchange.answering(
                RecordedExchange.answer(200, "{\"ok\":false,\"error\":\"channel_not_found\"}"));

        assertThatThrownBy(() ->
                        tell(
                                Samples.applied(),
                                Samples.target(
                                        "slack", "https://slack.com/api/chat.postMessage", "x")))
                .isInstanceOf(TellException.class)
                .hasMessageContaining("channel_not_found");
    }

    @Test
    void discordAndRocketTakeSlacksFormatInTheirOwnWay() throws Exception {
        tell(Samples.failed(), Samples.target("discord", URL + "?wait=true", ""));
        tell(Samples.failed(), Samples.target("rocket", URL, ""));

        assertThat(exchange.requests.getFirst().url()).isEqualTo(URL + "/slack?wait=true");
        assertThat(exchange.body(0).at("/attachments/0/color").asText()).isEqualTo("danger");
        assertThat(exchange.body(0).at("/attachments/0/fallback").asText()).isEmpty();
        assertThat(exchange.body(0).at("/channel").asText()).isEmpty();
        assertThat(exchange.body(1).at("/attachments/0/color").asText()).isEqualTo("#FF0000");
        assertThat(exchange.body(1).at("/channel").asText()).isEqualTo("room");
    }

    @Test
    void teamsGetsTheCardThatItsAddressTakes() throws Exception {
        tell(Samples.failed(), Samples.target("msteams", URL, ""));
        tell(Samples.failed(), Samples.target("msteams", "https://x.webhook.office.com/1", ""));

        JsonNode items = exchange.body(0).at("/attachments/0/content/body/0/items");
        assertThat(items.at("/0/text").asText()).isEqualTo("kustomization/app.team");
        assertThat(items.at("/1/color").asText()).isEqualTo("attention");
        assertThat(items.at("/2/facts/0/title").asText()).isEqualTo("summary");
        assertThat(items.at("/2/facts/1/title").asText()).isEqualTo("env");
        assertThat(exchange.body(1).at("/themeColor").asText()).isEqualTo("FF0000");
        assertThat(exchange.body(1).at("/sections/0/activityTitle").asText()).isEqualTo("it broke");
    }

    @Test
    void googleChatGetsACardWithTheErrorInRed() throws Exception {
        tell(Samples.failed(), Samples.target("googlechat", URL, ""));

        JsonNode card = exchange.body(0).at("/cards/0");
        assertThat(card.at("/header/subtitle").asText()).isEqualTo("kustomize-controller");
        assertThat(card.at("/header/imageUrl").isNull()).isTrue();
        assertThat(card.at("/sections/0/widgets/0/textParagraph/text").asText())
                .isEqualTo("<font color=\"#ff0000\">it broke</font>");
        assertThat(card.at("/sections/1/widgets/0/keyValue/topLabel").asText()).isEqualTo("env");
    }

    @Test
    void matrixPutsTheSameRequestAgainUnderTheSameName() throws Exception {
        Target target = Samples.target("matrix", "https://matrix.example", "t");
        tell(Samples.applied(), target);
        tell(Samples.applied(), target);

        Request request = exchange.requests.getFirst();
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.url())
                .startsWith(
                        "https://matrix.example/_matrix/client/r0/rooms/room/send/m.room.message/")
                .isEqualTo(exchange.requests.get(1).url());
        assertThat(exchange.body(0).path("body").asText())
                .startsWith("💫 kustomization/app.team\ndone\nall of it\n- env: prod\n");
    }

    @Test
    void telegramEscapesItsMarks() throws Exception {
        tell(Samples.failed(), Samples.target("telegram", "", "-100:7", Samples.access("", "t0k")));

        assertThat(exchange.requests.getFirst().url())
                .isEqualTo("https://api.telegram.org/bott0k/sendMessage");
        assertThat(exchange.body(0).path("chat_id").asText()).isEqualTo("-100");
        assertThat(exchange.body(0).path("message_thread_id").asText()).isEqualTo("7");
        assertThat(exchange.body(0).path("text").asText())
                .startsWith("*🚨 kustomization/app/team*\nit broke\n\\- *env*: prod\n");
    }

    @Test
    void webexGetsMarkdown() throws Exception {
        tell(Samples.failed(), Samples.target("webex", URL, "t"));

        assertThat(exchange.body(0))
                .isEqualTo(
                        json(
                                "{'roomId':'room','markdown':'💣 **kustomization/app.team**\\nit broke\\n>**env**: prod\\n>**revision**: main@sha1:"
                                        + Samples.COMMIT
                                        + "\\n>**summary**: plant 7\\n'}"));
    }

    @Test
    void pagerDutyIsTriggeredByErrorsAndResolvedByWhatEndsWell() throws Exception {
        Target target = Samples.target("pagerduty", "https://events.example/any", "");
        tell(Samples.failed(), target);
        tell(Samples.applied(), target);
        tell(Samples.notification(Severity.INFO, "Progressing", "on it", Map.of()), target);

        assertThat(exchange.requests)
                .extracting(Request::url)
                .containsExactly(
                        "https://events.example/v2/enqueue",
                        "https://events.example/v2/enqueue",
                        "https://events.example/v2/change/enqueue");
        assertThat(exchange.body(0).path("event_action").asText()).isEqualTo("trigger");
        assertThat(exchange.body(0).at("/payload/summary").asText())
                .isEqualTo("health check failed: kustomization/app");
        assertThat(exchange.body(1))
                .isEqualTo(
                        json("{'routing_key':'room','event_action':'resolve','dedup_key':'u-1'}"));
        assertThat(exchange.body(2).at("/payload/custom_details/message").asText())
                .isEqualTo("done\nall of it");
    }

    @Test
    void opsgenieAndAlertmanagerGetAlerts() throws Exception {
        tell(Samples.failed(), Samples.target("opsgenie", URL, "key"));
        tell(Samples.failed(), Samples.target("alertmanager", URL, "bearer"));

        assertThat(exchange.body(0).path("message").asText()).isEqualTo("Kustomization/app");
        assertThat(exchange.body(0).at("/details/severity").asText()).isEqualTo("error");
        assertThat(exchange.requests.getFirst().headers())
                .containsEntry("Authorization", "GenieKey key");
        JsonNode alert = exchange.body(1).path(0);
        assertThat(alert.at("/labels/alertname").asText())
                .isEqualTo("FluxKustomizationHealthcheckfailed");
        assertThat(alert.at("/labels").has("summary")).isFalse();
        assertThat(alert.path("annotations"))
                .isEqualTo(json("{'message':'it broke','summary':'plant 7'}"));
    }

    @Test
    void grafanaAndDatadogGetTags() throws Exception {
        tell(Samples.applied(), Samples.target("grafana", URL, "t"));
        tell(Samples.applied(), Samples.target("datadog", "https://api.dd.example/x", "k"));

        assertThat(exchange.body(0).path("tags"))
                .isEqualTo(
                        json(
                                "['flux','kustomize-controller','env: prod','revision: main@sha1|"
                                        + Samples.COMMIT
                                        + "','summary: plant 7','kind: Kustomization','name: app','namespace: team']"));
        assertThat(exchange.requests.get(1).url())
                .isEqualTo("https://api.dd.example/api/v1/events");
        assertThat(exchange.body(1).path("title").asText())
                .isEqualTo("Events from the Kustomization app/team");
        assertThat(exchange.body(1).path("tags").path(1).asText())
                .isEqualTo("flux_reason:reconciliationsucceeded");
    }

    @Test
    void sentryGetsAnEnvelopeAtTheAddressOfItsProject() throws Exception {
        tell(Samples.failed(), Samples.target("sentry", "https://pub@sentry.example/42", ""));

        Request request = exchange.requests.getFirst();
        String[] lines = new String(request.body(), StandardCharsets.UTF_8).split("\n");
        assertThat(request.url()).isEqualTo("https://sentry.example/api/42/envelope/");
        assertThat(request.headers().get("X-Sentry-Auth")).contains("sentry_key=pub");
        assertThat(json(lines[1]).path("length").asInt())
                .isEqualTo(lines[2].getBytes(StandardCharsets.UTF_8).length);
        assertThat(json(lines[2]).path("transaction").asText())
                .isEqualTo("Kustomization: team/app");
        assertThat(json(lines[2]).path("environment").asText()).isEqualTo("room");
    }

    @Test
    void tracesOfOneRevisionShareTheirId() throws Exception {
        Target target = Samples.target("otel", "http://collector.example:4318", "");
        tell(Samples.failed(), target);
        tell(Samples.applied(), target);

        assertThat(exchange.requests.getFirst().url())
                .isEqualTo("http://collector.example:4318/v1/traces");
        byte[] expected = Digests.sha256("a1:main@sha1:" + Samples.COMMIT);
        String id = new String(Arrays.copyOf(expected, 16), StandardCharsets.ISO_8859_1);
        assertThat(exchange.requests)
                .allSatisfy(request ->
                        assertThat(new String(request.body(), StandardCharsets.ISO_8859_1))
                                .contains(id)
                                .contains("Kustomization: team/app"));
    }

    @Test
    void noFailureTellsACredential() {
        Target target = Samples.target("slack", "https://hooks.example/T0/SECRETPATH", "xoxb-1");
        exchange.answering(RecordedExchange.answer(403, "bad token xoxb-1"));

        assertThatThrownBy(() -> tell(Samples.applied(), target))
                .isInstanceOf(TellException.class)
                .message()
                .doesNotContain("SECRETPATH")
                .satisfies(message ->
                        assertThat(target.access().masked(message)).doesNotContain("xoxb-1"));
        assertThat(target.toString() + target.access()).doesNotContain("SECRETPATH", "xoxb-1");
    }
}
