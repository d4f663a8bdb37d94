package dev.sluice.notifier.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.events.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Git hosts are told about commits. */
class CommitStatusesTest {

    private final RecordedExchange exchange = new RecordedExchange();

    private void tell(Notification notification, String type, String address, String token)
            throws Exception {
        Messengers.of(type)
                .orElseThrow()
                .tell(notification, Samples.target(type, address, token), exchange);
    }

    @Test
    void gitHubsOwnServersHaveTheirApiBelowTheirAddress() throws Exception {
        tell(Samples.failed(), "github", "https://git.example/org/repo", "t");

        assertThat(exchange.requests)
                .extracting(Request::url)
                .containsExactly(
                        "https://git.example/api/v3/repos/org/repo/commits/"
                                + Samples.COMMIT
                                + "/statuses?per_page=50",
                        "https://git.example/api/v3/repos/org/repo/statuses/" + Samples.COMMIT);
        assertThat(exchange.body(1).toString())
                .isEqualTo(
                        "{\"state\":\"failure\",\"description\":\"health check failed\",\"context\":\"kustomization/app/5f0d6a3e\"}");
        assertThat(exchange.requests.get(1).headers()).containsEntry("Authorization", "Bearer t");
    }

    @Test
    void gitHubItselfHasItsApiElsewhere() throws Exception {
        tell(Samples.applied(), "github", "git@github.com:org/repo.git", "t");

        assertThat(exchange.requests.get(1).url())
                .isEqualTo("https://api.github.com/repos/org/repo/statuses/" + Samples.COMMIT);
    }

    @Test
    void aStatusThatSaysTheSameIsLeftAlone() throws Exception {
        exchange.answering(
                RecordedExchange.answer(
                        200,
                        "[{\"context\":\"other\",\"state\":\"failure\",\"description\":\"x\"},"
                                + "{\"context\":\"kustomization/app/5f0d6a3e\",\"state\":\"success\",\"description\":\"reconciliation succeeded\"}]"));

        tell(Samples.applied(), "github", "https://git.example/org/repo", "t");

        assertThat(exchange.requests).hasSize(1);
    }

    @Test
    void nothingIsSaidOfWhatIsUnderWay() throws Exception {
        tell(
                Samples.notification(Severity.INFO, "Progressing", "on it", Samples.FACTS),
                "github",
                "https://git.example/org/repo",
                "t");

        assertThat(exchange.requests).isEmpty();
    }

    @Test
    void gitLabTakesProjectsInGroups() throws Exception {
        tell(Samples.failed(), "gitlab", "https://gitlab.example/a/b/c.d.git", "t");

        assertThat(exchange.requests.get(1).url())
                .isEqualTo(
                        "https://gitlab.example/api/v4/projects/a%2Fb%2Fc%2Ed/statuses/"
                                + Samples.COMMIT);
        assertThat(exchange.requests.get(1).headers()).containsEntry("PRIVATE-TOKEN", "t");
        assertThat(exchange.body(1).path("state").asText()).isEqualTo("failed");
    }

    @Test
    void giteaBitbucketAndAzureAreToldInTheirWords() throws Exception {
        tell(Samples.applied(), "gitea", "https://gitea.example/org/repo", "t");
        tell(Samples.applied(), "bitbucket", "https://bitbucket.org/org/repo", "me:pw");
        tell(Samples.failed(), "azuredevops", "https://dev.azure.com/org/proj/_git/repo", "pat");

        assertThat(exchange.requests)
                .extracting(Request::url)
                .contains(
                        "https://gitea.example/api/v1/repos/org/repo/statuses/" + Samples.COMMIT,
                        "https://api.bitbucket.org/2.0/repositories/org/repo/commit/"
                                + Samples.COMMIT
                                + "/statuses/build",
                        "https://dev.azure.com/org/proj/_apis/git/repositories/repo/commits/"
                                + Samples.COMMIT
                                + "/statuses?api-version=7.1");
        assertThat(exchange.body(1).path("state").asText()).isEqualTo("success");
        assertThat(exchange.body(3).path("state").asText()).isEqualTo("SUCCESSFUL");
        assertThat(exchange.body(3).path("key").asText()).hasSize(40);
        assertThat(exchange.body(5).at("/context/genre").asText()).isEqualTo("fluxcd:plant 7");
    }

    @Test
    void theObjectsOwnWordOnItsCommitComesFirst() throws Exception {
        String other = "1".repeat(40);

        assertThat(
                        CommitStatuses.commit(
                                Samples.notification(
                                        Severity.ERROR,
                                        "X",
                                        "m",
                                        Map.of(
                                                "commit",
                                                other,
                                                "revision",
                                                "main@sha1:" + Samples.COMMIT))))
                .isEqualTo(other);
        assertThatThrownBy(() ->
                        CommitStatuses.commit(
                                Samples.notification(
                                        Severity.ERROR, "X", "m", Map.of("revision", "1.2.3"))))
                .isInstanceOf(TellException.class)
                .hasMessageContaining("names no commit");
    }

    @Test
    void reasonsAreReadAsWords() {
        assertThat(Words.description("ReconciliationFailed")).isEqualTo("reconciliation failed");
        assertThat(Words.description("OCIPullFailed")).isEqualTo("oci pull failed");
        assertThat(Words.description("GitOperationFailed")).isEqualTo("git operation failed");
    }
}
