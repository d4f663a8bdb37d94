package dev.sluice.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.source.ArtifactPlace;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Samples;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceStatus;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.source.GitRepository;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private static final Outcome.Report REPORT =
            Outcome.Report.succeeded(
                    "all is well",
                    null,
                    JsonNodeFactory.instance.objectNode().put("observedIgnore", "*.md"));
    private static final Outcome.Stored STORED =
            new Outcome.Stored(
                    new Outcome.NewArtifact(
                            "main@sha1:" + SHA,
                            SHA + ".tar.gz",
                            new ArtifactManifest(DIGEST, 42, List.of(), List.of()),
                            Map.of("a", "b")),
                    REPORT,
                    Outcome.Event.newArtifact("new"),
                    null);

    @Test
    void aNewArtifactMakesTheSourceReady() {
        Source<GitRepository> source =
                Samples.repository("", ",'ignore':'*.md'", "'observedGeneration':-1");

        SourceStatus status = after(source, STORED);

        assertThat(shown(status))
                .containsExactly("Ready=True Succeeded", "ArtifactInStorage=True Succeeded");
        assertThat(status.conditions())
                .allSatisfy(condition -> {
                    assertThat(condition.message()).isEqualTo("all is well");
                    assertThat(condition.observedGeneration()).isEqualTo(2);
                });
        assertThat(status.observedGeneration()).isEqualTo(2);
        assertThat(status.write().path("observedIgnore").textValue()).isEqualTo("*.md");
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
        Source<GitRepository> source = Samples.repository("", "", READY_BEFORE);

        SourceStatus status =
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
        Source<GitRepository> source = Samples.repository("", "", READY_BEFORE);

        SourceStatus status =
                after(
                        source,
                        new Outcome.Failed(
                                "FetchFailed", "GitOperationFailed", "down", false, true));

        assertThat(status.artifact()).isNull();
        assertThat(shown(status)).doesNotContain("ArtifactInStorage=True Succeeded");
    }

    @Test
    void whatOnlyAnotherSpecCanHealIsStalled() {
        Source<GitRepository> source = Samples.repository("", "", READY_BEFORE);

        SourceStatus status =
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
        Source<GitRepository> source = Samples.repository("", "", READY_BEFORE);

        SourceStatus status =
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
        Source<GitRepository> source = Samples.repository("", "", READY_BEFORE);
        SourceStatus first = after(source, failure);
        Source<GitRepository> failing = new Source<>(source.key(), source.object(), first);

        SourceStatus second = new StatusAfter(failing, PLACE, NOW.plusSeconds(60)).of(failure);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void recoveryTakesEveryTroubleAway() {
        Source<GitRepository> source = Samples.repository("", "", READY_BEFORE);
        SourceStatus failed =
                after(
                        source,
                        new Outcome.Failed("IncludeUnavailable", "NotFound", "gone", false, false));
        Source<GitRepository> failing = new Source<>(source.key(), source.object(), failed);

        SourceStatus status = after(failing, new Outcome.Unchanged(REPORT));

        assertThat(shown(status))
                .containsExactly("Ready=True Succeeded", "ArtifactInStorage=True Succeeded");
        assertThat(status.artifact().revision()).isEqualTo("main@sha1:old");
    }

    @Test
    void theAddressFollowsTheServer() {
        Source<GitRepository> source = Samples.repository("", "", READY_BEFORE);

        assertThat(after(source, new Outcome.Unchanged(REPORT)).artifact().url())
                .isEqualTo("http://localhost:9090/gitrepository/team/app/old.tar.gz");
    }

    @Test
    void everyRunAnswersTheRequest() {
        Source<GitRepository> asked =
                Samples.repository(
                        ",'annotations':{'reconcile.fluxcd.io/requestedAt':'now'}",
                        "",
                        READY_BEFORE + ",'lastHandledReconcileAt':'before'");
        Source<GitRepository> silent =
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

    private static SourceStatus after(Source<GitRepository> source, Outcome outcome) {
        return new StatusAfter(source, PLACE, NOW).of(outcome);
    }

    private static List<String> shown(SourceStatus status) {
        return status.conditions().stream().map(StatusAfterTest::shown).toList();
    }

    private static String shown(Condition condition) {
        return condition.type() + "=" + condition.status() + " " + condition.reason();
    }
}
