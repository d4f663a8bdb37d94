package dev.sluice.fetcher.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.source.Samples;
import dev.sluice.fluxapi.source.GitRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushTest {

    private static final String SHA = "0123456789012345678901234567890123456789";
    private static final String GITHUB =
            "{\"ref\":\"%s\",\"after\":\"%s\",\"repository\":{\"clone_url\":\"https://github.com/Team/App.git\",\"ssh_url\":\"git@github.com:Team/App.git\"}}";

    @Test
    void gitHubAndGitLabSayWhatWasPushed() {
        Push github =
                Push.of(
                                "github",
                                Receivers.call(
                                        GITHUB.formatted("refs/heads/main", SHA),
                                        "x-github-event",
                                        "push"))
                        .orElseThrow();
        Push gitlab =
                Push.of(
                                "gitlab",
                                Receivers.call(
                                        "{\"ref\":\"refs/tags/v1\",\"after\":\"%s\",\"project\":{\"git_http_url\":\"http://gitlab.local:8080/t/a.git\"}}"
                                                .formatted(SHA),
                                        "x-gitlab-event",
                                        "Tag Push Hook"))
                        .orElseThrow();

        assertThat(github.ref()).isEqualTo("refs/heads/main");
        assertThat(github.commit()).isEqualTo(SHA);
        assertThat(gitlab.ref()).isEqualTo("refs/tags/v1");
        assertThat(gitlab.repositories()).containsExactly("gitlab.local/t/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"ref\":1}",
                "{\"ref\":\"refs/heads/main\",\"after\":\"0123\",\"repository\":[]}",
                "{\"ref\":\"refs/heads/main\",\"after\":\"0123456789012345678901234567890123456789\"}"
            })
    void whatDoesNotSayAllOfItIsNoPush(String body) {
        assertThat(Push.of("github", Receivers.call(body, "x-github-event", "push"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/team/app",
                "https://user:pw@github.com/team/app.git",
                "ssh://git@github.com/team/app.git",
                "ssh://git@github.com:22/Team/App"
            })
    void knowsTheRepositoryByEachOfItsAddresses(String url) {
        assertThat(push("refs/heads/main").isTo(repository(",'url':'%s'".formatted(url)))).isTrue();
    }

    @Test
    void anotherRepositoryIsAnother() {
        assertThat(
                        push("refs/heads/main")
                                .isTo(repository(",'url':'https://github.com/team/other'")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'branch':'main'};refs/heads/main;true",
                "{'branch':'main'};refs/heads/dev;false",
                "{'branch':'main'};refs/tags/main;false",
                "{'tag':'v1'};refs/tags/v1;true",
                "{'tag':'v1'};refs/heads/v1;false",
                "{'semver':'1.x'};refs/tags/v1.2.3;true",
                "{'semver':'1.x'};refs/heads/main;false",
                "{'name':'refs/pull/7/head'};refs/pull/7/head;true",
                "{'name':'refs/pull/7/head'};refs/heads/main;false"
            })
    void movesOnlyWhoFollowsTheReference(String ref, String pushed, boolean moves) {
        assertThat(push(pushed).moves(repository(",'ref':" + ref.replace('`', '\''))))
                .isEqualTo(moves);
    }

    private static Push push(String ref) {
        return Push.of(
                        "github",
                        Receivers.call(GITHUB.formatted(ref, SHA), "x-github-event", "push"))
                .orElseThrow();
    }

    private static GitRepository repository(String spec) {
        return Samples.repository("", spec, "").object();
    }
}
