package dev.sluice.notifier.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Comments on pull and merge requests. */
class ChangeCommentsTest {

    private static final String MARK =
            "<!-- flux-pr-comment-key:5f0d6a3e-1/Kustomization/team/app -->";

    private final RecordedExchange exchange = new RecordedExchange();

    private void tell(String type, String address, Map<String, String> facts) throws Exception {
        Notification notification =
                Samples.notification(Severity.ERROR, "HealthCheckFailed", "it broke", facts);
        Messengers.of(type)
                .orElseThrow()
                .tell(notification, Samples.target(type, address, "t"), exchange);
    }

    @Test
    void gitHubGetsACommentWithAMarkThatNobodySees() throws Exception {
        exchange.answering(RecordedExchange.answer(200, "{\"login\":\"bot\"}"));

        tell(
                "githubpullrequestcomment",
                "https://github.com/org/repo",
                Map.of("change_request", "42", "revision", "main@sha1:1"));

        assertThat(exchange.requests)
                .extracting(request -> request.method() + ' ' + request.url())
                .containsExactly(
                        "GET https://api.github.com/user",
                        "GET https://api.github.com/repos/org/repo/issues/42/comments?direction=asc&per_page=100&sort=created",
                        "POST https://api.github.com/repos/org/repo/issues/42/comments");
        assertThat(exchange.body(2).path("body").asText())
                .isEqualTo(
                        MARK
                                + "\n\n## Flux Status\n\n\u26a0\ufe0f Kustomization/team/app\n\nit broke\n\nMetadata:\n* `revision`: main@sha1:1\n");
    }

    @Test
    void aCommentOfItsOwnIsWrittenAnewAndThatOfAnotherIsLeftAlone() throws Exception {
        exchange.answering(
                RecordedExchange.answer(200, "{\"login\":\"bot\"}"),
                RecordedExchange.answer(
                        200,
                        "[{\"id\":1,\"user\":{\"login\":\"ada\"},\"body\":\"%s\"},{\"id\":2,\"user\":{\"login\":\"bot\"},\"body\":\"%s old\"}]"
                                .formatted(MARK, MARK)));

        tell("giteapullrequestcomment", "https://git.example/o/r", Map.of("change_request", "7"));

        assertThat(exchange.requests.getLast().method()).isEqualTo("PATCH");
        assertThat(exchange.requests.getLast().url())
                .isEqualTo("https://git.example/api/v1/repos/o/r/issues/comments/2");
    }

    @Test
    void gitLabCallsThemNotes() throws Exception {
        exchange.answering(
                RecordedExchange.answer(200, "{\"username\":\"bot\"}"),
                RecordedExchange.answer(
                        200,
                        "[{\"id\":9,\"author\":{\"username\":\"bot\"},\"body\":\"<!-- flux-mr-comment-key:5f0d6a3e-1/Kustomization/team/app -->\"}]"));

        tell(
                "gitlabmergerequestcomment",
                "https://gitlab.example/a/b/c",
                Map.of("change_request", "7"));

        assertThat(exchange.requests.getLast().method()).isEqualTo("PUT");
        assertThat(exchange.requests.getLast().url())
                .isEqualTo(
                        "https://gitlab.example/api/v4/projects/a%2Fb%2Fc/merge_requests/7/notes/9");
        assertThat(exchange.requests.getLast().headers()).containsEntry("PRIVATE-TOKEN", "t");
    }

    @Test
    void anEventOfNoChangeIsRefusedForGood() {
        assertThatThrownBy(() ->
                        tell(
                                "githubpullrequestcomment",
                                "https://github.com/o/r",
                                Map.of("a", "b")))
                .isInstanceOfSatisfying(
                        TellException.class,
                        e -> assertThat(e.prospect()).isEqualTo(TellException.Prospect.NEVER))
                .hasMessageContaining("change_request");
        assertThat(exchange.requests).isEmpty();
    }
}
