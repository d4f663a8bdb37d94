package dev.sluice.fluxapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fluxapi.Condition.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private static final Timestamp EARLIER = Timestamp.parse("2026-01-31T09:30:00Z");
    private static final Timestamp LATER = Timestamp.parse("2026-01-31T10:30:00.9+01:00");

    @Test
    void keepsTheTimeOfTheTransitionWhileTheStatusStays() {
        Conditions before = Conditions.none().with(ready(Status.False, "BuildFailed", EARLIER));

        Conditions after =
                before.with(
                        ready(
                                Status.False,
                                "HealthCheckFailed",
                                Timestamp.parse("2026-02-01T00:00:00Z")));

        assertThat(after.list()).containsExactly(ready(Status.False, "HealthCheckFailed", EARLIER));
    }

    @Test
    void takesTheNewTimeWhenTheStatusChanges() {
        Timestamp now = Timestamp.parse("2026-02-01T00:00:00Z");
        Conditions before = Conditions.none().with(ready(Status.False, "BuildFailed", EARLIER));

        Conditions after = before.with(ready(Status.True, "ReconciliationSucceeded", now));

        assertThat(after.list())
                .containsExactly(ready(Status.True, "ReconciliationSucceeded", now));
        assertThat(after.isTrue(ConditionTypes.READY)).isTrue();
    }

    @Test
    void putsReadyReconcilingAndStalledBeforeTheOthers() {
        Conditions conditions =
                new Conditions(
                        List.of(
                                of("Healthy"),
                                of("Stalled"),
                                of("ArtifactInStorage"),
                                of("Reconciling"),
                                of("Ready")));

        assertThat(conditions.list())
                .extracting(Condition::type)
                .containsExactly("Ready", "Reconciling", "Stalled", "ArtifactInStorage", "Healthy");
        assertThat(conditions.without("Stalled").find("Stalled")).isEmpty();
    }

    @Test
    void cutsTimesToSeconds() {
        assertThat(LATER).hasToString("2026-01-31T09:30:00Z").isEqualTo(EARLIER);
    }

    private static Condition ready(Status status, String reason, Timestamp time) {
        return new Condition("Ready", status, reason, "", time, 1L);
    }

    private static Condition of(String type) {
        return new Condition(type, Status.True, "Succeeded", "", EARLIER, 1L);
    }
}
