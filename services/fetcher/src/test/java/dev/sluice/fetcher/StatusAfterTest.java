package dev.sluice.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.Commit;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.source.GitRepository;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ArtifactPlace PLACE =
            new ArtifactPlace(URI.create("http://localhost:9090"));
    private static final Digest DIGEST = Digest.of(new byte[] {1});
    private static final String SHA = "0123456789012345678901234567890123456789";
    private static final String READY_BEFORE =
            """
            'observedGeneration':1,
            'artifact':{'path':'gitrepository/team/app/old.tar.gz','url':'http://elsewhere/gitrepository/team/app/old.tar.gz',
              'revision':'main@sha1:old','digest':'%s','lastUpdateTime':'2026-01-01T00:00:00Z','size':7},
            'conditions':[
              {'type':'Ready','status':'True','reason':'Succeeded','message':'m','lastTransitionTime':'2026-01-01T00:00:00Z'},
              {'type':'ArtifactInStorage','status':'True','reason':'Succeeded','message':'m','lastTransitionTime':'2026-01-01T00:00:00Z'}]
            """
                    .formatted(DIGEST);
    private static final Outcome.Stored STORED =
            new Outcome.Stored(
                    "main@sha1:" + SHA,
                    new ArtifactManifest(DIGEST, 42, List.of(), List.of()),
                    new Commit(SHA, "A <a@example.com>", NOW, "first"),
                    List.of(),
                    null);

    @Test
    void aNewArtifactMakesTheSourceReady() {
        GitRepository source =
                Samples.repository("", ",'ignore':'*.md'", "'observedGeneration':-1");

        GitRepository.Status status = after(source, STORED);

        assertThat(shown(status))
                .containsExactly("Ready=True Succeeded", "ArtifactInStorage=True Succeeded");
        assertThat(status.conditions())
                .allSatisfy(condition -> {
                    assertThat(condition.message())
                            .isEqualTo("stored artifact for revision 'main@sha1:" + SHA + "'");
                    assertThat(condition.observedGeneration()).isEqualTo(2);
                });
        assertThat(status.observedGeneration()).isEqualTo(2);
        assertThat(status.observedIgnore()).isEqualTo("*.md");
        assertThat(status.artifact())
                .satisfies(artifact -> {
                    assertThat(artifact.path())
                            .isEqualTo("gitrepository/team/app/" + SHA + ".tar.gz");
                    assertThat(artifact.url())
                            .isEqualTo(
                                    "http://localhost:9090/gitrepository/team/app/"
                                            + SHA
                                            + ".tar.gz");
                    assertThat(artifact.digest()).isEqualTo(DIGEST.value());
                    assertThat(artifact.size()).isEqualTo(42);
                });
    }

    @Test
    void aFailedFetchKeepsTheLastGoodArtifact() {
        GitRepository source = Samples.repository("", "", READY_BEFORE);

        GitRepository.Status status =
                after(
                        source,
                        new Outcome.Failed(
                                "FetchFailed", "GitOperationFailed", "no branch", false, false));

        assertThat(shown(status))
                .containsExactly(
                        "Ready=False GitOperationFailed",
                        "Reconciling=True ProgressingWithRetry",
                        "ArtifactInStorage=True Succeeded",
                        "FetchFailed=True GitOperationFailed");
        assertThat(status.artifact().revision()).isEqualTo("main@sha1:old");
        assertThat(status.observedGeneration()).isEqualTo(1);
    }

    @Test
    void anArtifactThatIsLostIsNoLongerPromised() {
        GitRepository source = Samples.repository("", "", READY_BEFORE);

        GitRepository.Status status =
                after(
                        source,
                        new Outcome.Failed(
                                "FetchFailed", "GitOperationFailed", "down", false, true));

        assertThat(status.artifact()).isNull();
        assertThat(shown(status)).doesNotContain("ArtifactInStorage=True Succeeded");
    }

    @Test
    void whatOnlyAnotherSpecCanHealIsStalled() {
        GitRepository source = Samples.repository("", "", READY_BEFORE);

        GitRepository.Status status =
                after(
                        source,
                        new Outcome.Failed("FetchFailed", "URLInvalid", "no address", true, false));

        assertThat(shown(status))
                .contains("Stalled=True URLInvalid", "Ready=False URLInvalid")
                .noneMatch(c -> c.startsWith("Reconciling"));
        assertThat(status.observedGeneration()).isEqualTo(2);
    }

    @Test
    void anUntrustedSignatureIsNoFailedFetch() {
        GitRepository source = Samples.repository("", "", READY_BEFORE);

        GitRepository.Status status =
                after(
                        source,
                        new Outcome.Failed(
                                "SourceVerified",
                                "InvalidCommitSignature",
                                "not signed",
                                false,
                                false));

        assertThat(shown(status))
                .containsExactly(
                        "Ready=False InvalidCommitSignature",
                        "Reconciling=True ProgressingWithRetry",
                        "ArtifactInStorage=True Succeeded",
                        "SourceVerified=False InvalidCommitSignature");
    }

    @Test
    void theSameFailureAgainIsTheSameStatus() {
        Outcome failure =
                new Outcome.Failed("FetchFailed", "GitOperationFailed", "down", false, false);
        GitRepository source = Samples.repository("", "", READY_BEFORE);
        GitRepository.Status first = after(source, failure);
        GitRepository failing =
                new GitRepository(
                        source.apiVersion(),
                        source.kind(),
                        source.metadata(),
                        source.spec(),
                        first);

        GitRepository.Status second =
                new StatusAfter(failing, PLACE, NOW.plusSeconds(60)).of(failure);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void recoveryTakesEveryTroubleAway() {
        GitRepository source = Samples.repository("", "", READY_BEFORE);
        GitRepository.Status failed =
                after(
                        source,
                        new Outcome.Failed("IncludeUnavailable", "NotFound", "gone", false, false));
        GitRepository failing =
                new GitRepository(
                        source.apiVersion(),
                        source.kind(),
                        source.metadata(),
                        source.spec(),
                        failed);

        GitRepository.Status status = after(failing, new Outcome.Unchanged(null));

        assertThat(shown(status))
                .containsExactly("Ready=True Succeeded", "ArtifactInStorage=True Succeeded");
        assertThat(status.artifact().revision()).isEqualTo("main@sha1:old");
    }

    @Test
    void theAddressFollowsTheServer() {
        GitRepository source = Samples.repository("", "", READY_BEFORE);

        assertThat(after(source, new Outcome.Unchanged(null)).artifact().url())
                .isEqualTo("http://localhost:9090/gitrepository/team/app/old.tar.gz");
    }

    @Test
    void everyRunAnswersTheRequest() {
        GitRepository asked =
                Samples.repository(
                        ",'annotations':{'reconcile.fluxcd.io/requestedAt':'now'}",
                        "",
                        READY_BEFORE + ",'lastHandledReconcileAt':'before'");
        GitRepository silent =
                Samples.repository("", "", READY_BEFORE + ",'lastHandledReconcileAt':'before'");

        assertThat(after(asked, STORED).lastHandledReconcileAt()).isEqualTo("now");
        assertThat(
                        after(asked, new Outcome.Failed("FetchFailed", "x", "m", false, false))
                                .lastHandledReconcileAt())
                .isEqualTo("now");
        assertThat(after(silent, STORED).lastHandledReconcileAt()).isEqualTo("before");
        assertThat(new StatusAfter(asked, PLACE, NOW).handled().lastHandledReconcileAt())
                .isEqualTo("now");
        assertThat(new StatusAfter(asked, PLACE, NOW).handled().conditions())
                .isEqualTo(asked.status().conditions());
    }

    private static GitRepository.Status after(GitRepository source, Outcome outcome) {
        return new StatusAfter(source, PLACE, NOW).of(outcome);
    }

    private static List<String> shown(GitRepository.Status status) {
        return status.conditions().stream().map(StatusAfterTest::shown).toList();
    }

    private static String shown(Condition condition) {
        return condition.type() + "=" + condition.status() + " " + condition.reason();
    }
}
