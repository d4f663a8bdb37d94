package dev.sluice.applier;

import static dev.sluice.applier.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.Outcome.AwaitingHealth;
import dev.sluice.applier.Outcome.Blocked;
import dev.sluice.applier.Outcome.Failed;
import dev.sluice.applier.Outcome.Succeeded;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.Inventory.Entry;
import dev.sluice.fluxapi.StatusPatch;
import dev.sluice.fluxapi.kustomize.KustomizationStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusAfterTest {

    private static final List<Entry> ONE = List.of(new Entry("team_a__ConfigMap", "v1"));
    private static final Attempt ATTEMPT = Samples.attempt("main@sha1:1");
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    @Test
    void readyTellsTheRevisionAndLeavesNoOtherCondition() {
        KustomizationStatus failed = after(null, failure(Setback.BUILD, Reason.BUILD_FAILED));

        KustomizationStatus status =
                after(failed, new Succeeded(ONE, "sha256:b", TWO_SECONDS, null));

        assertThat(lines(status))
                .containsExactly(
                        "Ready True ReconciliationSucceeded Applied revision: main@sha1:1");
        assertThat(status.observedGeneration()).isEqualTo(1);
        assertThat(status.lastAppliedRevision()).isEqualTo("main@sha1:1");
        assertThat(status.lastAttemptedRevision()).isEqualTo("main@sha1:1");
        assertThat(status.inventory().entries()).isEqualTo(ONE);
        assertThat(status.history()).hasSize(1);
    }

    @Test
    void aWaitingHealthCheckIsUnknownWithItsRevisionAttemptedOnly() {
        KustomizationStatus status = after(null, new AwaitingHealth(ONE));

        String running = "Running health checks for revision main@sha1:1 with a timeout of 30s";
        assertThat(lines(status))
                .containsExactly(
                        "Ready Unknown Progressing Reconciliation in progress",
                        "Reconciling True Progressing " + running,
                        "Healthy Unknown Progressing " + running);
        assertThat(status.lastAppliedRevision()).isNull();
        assertThat(status.lastAttemptedRevision()).isEqualTo("main@sha1:1");
        assertThat(status.history()).isEmpty();
    }

    @Test
    void aFailedHealthCheckTellsTheTimeInReadyOnly() {
        Failed failed =
                new Failed(
                        Setback.HEALTH,
                        Reason.HEALTH_CHECK_FAILED,
                        "failed early due to stalled resources: [Deployment/team/web status: 'Failed']",
                        "sha256:b",
                        ONE,
                        TWO_SECONDS);

        KustomizationStatus status = after(null, failed);

        assertThat(lines(status))
                .containsExactly(
                        "Ready False HealthCheckFailed health check failed after 2s: failed early due"
                                + " to stalled resources: [Deployment/team/web status: 'Failed']",
                        "Reconciling True ProgressingWithRetry Running health checks for revision"
                                + " main@sha1:1 with a timeout of 30s",
                        "Healthy False HealthCheckFailed failed early due to stalled resources:"
                                + " [Deployment/team/web status: 'Failed']");
        assertThat(status.history())
                .extracting("lastReconciledStatus")
                .containsExactly("HealthCheckFailed");
    }

    @Test
    void aMissingSourceLeavesNoReconcilingAndNoAttempt() {
        KustomizationStatus status = after(null, failure(Setback.SOURCE, Reason.ARTIFACT_FAILED));

        assertThat(lines(status)).containsExactly("Ready False ArtifactFailed why");
        assertThat(status.lastAttemptedRevision()).isNull();
    }

    @Test
    void aMissingPathIsRetriedWithoutAnAttempt() {
        KustomizationStatus status = after(null, failure(Setback.PATH, Reason.ARTIFACT_FAILED));

        assertThat(lines(status))
                .containsExactly(
                        "Ready False ArtifactFailed why",
                        "Reconciling True ProgressingWithRetry Fetching manifests for revision"
                                + " main@sha1:1 with a timeout of 30s");
        assertThat(status.lastAttemptedRevision()).isNull();
    }

    @Test
    void aFailedBuildCountsAsAttemptAndKeepsInventoryAndHistory() {
        KustomizationStatus good = after(null, new Succeeded(ONE, "sha256:b", TWO_SECONDS, null));

        KustomizationStatus status =
                StatusAfter.of(
                        good,
                        Samples.attempt("main@sha1:2"),
                        failure(Setback.BUILD, Reason.BUILD_FAILED),
                        NOW);

        assertThat(lines(status))
                .containsExactly(
                        "Ready False BuildFailed why",
                        "Reconciling True ProgressingWithRetry Building manifests for revision"
                                + " main@sha1:2 with a timeout of 30s");
        assertThat(status.lastAttemptedRevision()).isEqualTo("main@sha1:2");
        assertThat(status.lastAppliedRevision()).isEqualTo("main@sha1:1");
        assertThat(status.inventory()).isEqualTo(good.inventory());
        assertThat(status.history()).isEqualTo(good.history());
    }

    @Test
    void whatFluxHasNoWordForIsABuildFailure() {
        KustomizationStatus status = after(null, failure(Setback.BUILD, Reason.DECRYPTION_FAILED));

        assertThat(lines(status)).first().isEqualTo("Ready False BuildFailed why");
    }

    @Test
    void aFaultyExpressionStallsAndCountsAsObserved() {
        KustomizationStatus before = after(null, failure(Setback.BUILD, Reason.BUILD_FAILED));

        KustomizationStatus status =
                after(before, failure(Setback.SPEC, Reason.INVALID_CEL_EXPRESSION));

        assertThat(lines(status))
                .containsExactly(
                        "Ready False InvalidCELExpression why",
                        "Stalled True InvalidCELExpression why");
        assertThat(status.observedGeneration()).isEqualTo(1);
    }

    @Test
    void aBlockedOneKeepsWhatWasAppliedBefore() {
        KustomizationStatus good = after(null, new Succeeded(ONE, "sha256:b", TWO_SECONDS, null));

        KustomizationStatus status = after(good, new Blocked("dependency 'team/db' is not ready"));

        assertThat(lines(status))
                .containsExactly(
                        "Ready False DependencyNotReady dependency 'team/db' is not ready");
        assertThat(status.lastAppliedRevision()).isEqualTo("main@sha1:1");
        assertThat(status.inventory()).isEqualTo(good.inventory());
    }

    @Test
    void aRequestIsAnsweredByEveryEnd() {
        Attempt asked = new Attempt(Samples.FIRST, Samples.revision("r"), "now", Samples.BUDGET);
        for (Outcome outcome :
                List.of(
                        new Succeeded(ONE, "sha256:b", TWO_SECONDS, null),
                        failure(Setback.BUILD, Reason.BUILD_FAILED),
                        new Blocked("why"),
                        new Outcome.Answered())) {
            assertThat(StatusAfter.of(null, asked, outcome, NOW).lastHandledReconcileAt())
                    .as(outcome.getClass().getSimpleName())
                    .isEqualTo("now");
        }
        assertThat(
                        StatusAfter.of(null, asked, new AwaitingHealth(ONE), NOW)
                                .lastHandledReconcileAt())
                .isNull();
    }

    @Test
    void theSameEndTwiceChangesNothing() {
        KustomizationStatus once = after(null, failure(Setback.BUILD, Reason.BUILD_FAILED));

        KustomizationStatus twice =
                StatusAfter.of(
                        once,
                        ATTEMPT,
                        failure(Setback.BUILD, Reason.BUILD_FAILED),
                        NOW.plusSeconds(60));

        assertThat(StatusPatch.between(once, twice, "uid")).isEmpty();
    }

    private static Failed failure(Setback at, Reason reason) {
        return new Failed(at, reason, "why", "sha256:b", null, TWO_SECONDS);
    }

    private static KustomizationStatus after(
            @Nullable KustomizationStatus before, Outcome outcome) {
        return StatusAfter.of(before, ATTEMPT, outcome, NOW);
    }

    private static List<String> lines(KustomizationStatus status) {
        return status.conditions().stream().map(StatusAfterTest::line).toList();
    }

    private static String line(Condition c) {
        return c.type() + ' ' + c.status() + ' ' + c.reason() + ' ' + c.message();
    }
}
