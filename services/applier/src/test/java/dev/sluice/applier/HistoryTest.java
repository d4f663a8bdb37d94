package dev.sluice.applier;

import static dev.sluice.applier.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.SourceRevision;
import dev.sluice.fluxapi.kustomize.KustomizationStatus.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final String GOOD = "ReconciliationSucceeded";

    @Test
    void holdsTheFiveLatestResults() {
        List<Snapshot> history = List.of();
        for (int i = 1; i <= 7; i++) {
            history = add(history, "r" + i, "b" + i, GOOD);
        }

        assertThat(history)
                .extracting(Snapshot::digest)
                .containsExactly("b7", "b6", "b5", "b4", "b3");
    }

    @Test
    void aResultThatComesBackMovesToTheFrontWithItsNewRevision() {
        List<Snapshot> history = add(add(List.of(), "r1", "b1", GOOD), "r2", "b2", GOOD);

        List<Snapshot> after = add(history, "r3", "b1", GOOD);

        assertThat(after).extracting(Snapshot::digest).containsExactly("b1", "b2");
        assertThat(after.getFirst().metadata()).isEqualTo(Map.of("revision", "r3"));
        assertThat(after.getFirst().totalReconciliations()).isEqualTo(2);
        assertThat(after.getFirst().firstReconciled())
                .isEqualTo(history.getLast().firstReconciled());
    }

    @Test
    void theSameBuildWithAnotherEndIsAnotherResult() {
        List<Snapshot> after =
                add(add(List.of(), "r1", "b1", "HealthCheckFailed"), "r1", "b1", GOOD);

        assertThat(after)
                .extracting(Snapshot::lastReconciledStatus)
                .containsExactly(GOOD, "HealthCheckFailed");
    }

    @Test
    void namesTheOriginWhereThereIsOne() {
        SourceRevision source = Samples.revision("r1");
        SourceRevision composed =
                new SourceRevision(source.source(), "r1", "main@sha1:9", source.digest());
        Attempt attempt = new Attempt(Samples.FIRST, composed, null, Samples.BUDGET);

        List<Snapshot> after =
                History.with(List.of(), attempt, "b", GOOD, Duration.ofMillis(1500), NOW);

        assertThat(after.getFirst().metadata())
                .isEqualTo(Map.of("revision", "r1", "originRevision", "main@sha1:9"));
        assertThat(after.getFirst().lastReconciledDuration()).isEqualTo("1.5s");
    }

    private static List<Snapshot> add(
            List<Snapshot> before, String revision, String build, String end) {
        return History.with(
                before, Samples.attempt(revision), build, end, Duration.ofSeconds(1), NOW);
    }
}
