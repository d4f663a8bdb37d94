package dev.sluice.notifier.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.notifier.Receiver;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of service that speaks HTTP, over real HTTP. */
class RealReceiverTest {

    private final HttpClient client = HttpExchange.shared();
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private void tell(Target target) throws Exception {
        Messengers.of(target.type())
                .orElseThrow()
                .tell(
                        Samples.failed(),
                        target,
                        HttpExchange.of(client, target, Clock.systemUTC(), Progress.UNSEEN));
    }

    @ParameterizedTest
    @CsvSource({
        "generic, /hook, POST /hook",
        "generic-hmac, /hook, POST /hook",
        "slack, /services/T/B/x, POST /services/T/B/x",
        "discord, /api/webhooks/1/x, POST /api/webhooks/1/x/slack",
        "rocket, /hooks/x, POST /hooks/x",
        "msteams, /workflows/x, POST /workflows/x",
        "googlechat, /v1/spaces/x/messages?key=y, POST /v1/spaces/x/messages?key=y",
        "lark, /open-apis/bot/v2/hook/x, POST /open-apis/bot/v2/hook/x",
        "zoom, /chat/webhooks/x, POST /chat/webhooks/x?format=full",
        "zulip, '', POST /api/v1/messages",
        "telegram, '', POST /bottoken/sendMessage",
        "webex, /v1/messages, POST /v1/messages",
        "pagerduty, '', POST /v2/enqueue",
        "opsgenie, /v2/alerts, POST /v2/alerts",
        "incident.io, /v2/alert_events/http/x, POST /v2/alert_events/http/x",
        "alertmanager, /api/v2/alerts, POST /api/v2/alerts",
        "grafana, /api/annotations, POST /api/annotations",
        "datadog, '', POST /api/v1/events",
        "otel, /v1/traces, POST /v1/traces",
        "githubdispatch, /org/repo, POST /api/v3/repos/org/repo/dispatches",
        "github, /org/repo, POST /api/v3/repos/org/repo/statuses/COMMIT",
        "gitlab, /org/group/repo, POST /api/v4/projects/org%2Fgroup%2Frepo/statuses/COMMIT",
        "gitea, /org/repo, POST /api/v1/repos/org/repo/statuses/COMMIT",
        "bitbucket, /org/repo, POST /2.0/repositories/org/repo/commit/COMMIT/statuses/build",
        "bitbucketserver, /scm/org/repo.git, POST /rest/api/latest/projects/org/repos/repo/commits/COMMIT/builds",
        "azuredevops, /org/project/_git/repo, POST /org/project/_apis/git/repositories/repo/commits/COMMIT/statuses?api-version=7.1"
    })
    void takesWhatItIsSent(String type, String path, String request) throws Exception {
        String token = type.equals("bitbucket") ? "user:password" : "token";
        String base = receiver.url().replace("/hook", "");

        tell(Samples.target(type, base + path, "room/topic", Samples.access("bot", token)));

        assertThat(receiver.requests.getLast())
                .isEqualTo(request.replace("COMMIT", Samples.COMMIT));
        assertThat(receiver.bodies.getLast()).isNotEmpty();
    }

    @Test
    void tellsOfTheRequestWhenTheServiceMayHaveIt() throws Exception {
        List<String> told = new ArrayList<>();
        Progress progress =
                new Progress() {
                    @Override
                    public void handedOver() {
                        told.add("handed over");
                    }

                    @Override
                    public void unanswered() {
                        told.add("unanswered");
                    }
                };
        Target target = Samples.target("generic", receiver.url(), "");
        Target nobody = Samples.target("generic", "http://127.0.0.1:1/hook", "");

        Webhooks.generic(
                Samples.failed(),
                target,
                HttpExchange.of(client, target, Clock.systemUTC(), progress));

        assertThat(told).containsExactly("handed over");
        assertThatThrownBy(() ->
                        Webhooks.generic(
                                Samples.failed(),
                                nobody,
                                HttpExchange.of(client, nobody, Clock.systemUTC(), progress)))
                .isInstanceOf(TellException.class);
        assertThat(told).containsExactly("handed over");
    }

    @Test
    void aRequestMayHaveNoBody() throws Exception {
        Target target = Samples.target("github", receiver.url(), "token");
        Exchange exchange = HttpExchange.of(client, target, Clock.systemUTC(), Progress.UNSEEN);

        Answer answer = exchange.demand(Request.post(receiver.url(), Request.JSON, new byte[0]));

        assertThat(answer.succeeded()).isTrue();
        assertThat(receiver.requests).containsExactly("POST /hook");
    }

    @Test
    void sentryIsReachedByItsDsn() throws Exception {
        String dsn = receiver.url().replace("http://", "http://key@").replace("/hook", "/42");

        tell(Samples.target("sentry", dsn, ""));

        assertThat(receiver.requests).containsExactly("POST /api/42/envelope/");
    }

    @Test
    void matrixIsToldByAPut() throws Exception {
        String base = receiver.url().replace("/hook", "");

        tell(Samples.target("matrix", base, "!room:example.org", Samples.access("", "token")));

        assertThat(receiver.requests)
                .singleElement()
                .asString()
                .startsWith("PUT /_matrix/client/r0/rooms/!room:example.org/send/m.room.message/");
    }

    @Test
    void redirectionsAreNotFollowed() {
        receiver.answer(307);

        assertThatThrownBy(() -> tell(Samples.target("generic", receiver.url(), "")))
                .isInstanceOf(TellException.class)
                .hasMessage("the service answers 307");
        assertThat(receiver.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "0, 0",
        "999999999, 3600",
        "'Mon, 23 Nov 2026 07:00:30 GMT', 30",
        "'Mon, 23 Nov 2026 06:00:00 GMT', 0",
        "'Sun, 23 Nov 2036 06:00:00 GMT', 3600"
    })
    void pausesAreSecondsOrDates(String header, long seconds) {
        Instant now = Instant.parse("2026-11-23T07:00:00Z");

        assertThat(HttpExchange.pause(header, now)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"soon", "-5", "1e3"})
    void otherPausesAreNone(String header) {
        assertThat(HttpExchange.pause(header, Instant.EPOCH)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "file:///etc/passwd",
        "ftp://example.com/x",
        "gopher://example.com/x",
        "'http://exa mple.com'",
        "nothing"
    })
    void otherAddressesAreRefused(String address) {
        assertThatThrownBy(() -> tell(Samples.target("generic", address, "")))
                .isInstanceOf(TellException.class);
    }

    @Test
    void whatAServiceAnswersIsShownWithoutItsAddress() {
        Target target = Samples.target("slack", "https://hooks.example/T0/SECRETPATH", "xoxb-1");

        assertThat(target.masked("no hook at /T0/SECRETPATH for xoxb-1"))
                .isEqualTo("no hook at /*** for ***");
    }
}
