package dev.sluice.applier;

import static dev.sluice.applier.Samples.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.drift.DriftInbox;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.DriftedObject.How;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftInboxTest {

    private static final List<AppliedObject> APPLIED =
            List.of(new AppliedObject("team_a__ConfigMap", "v1", "uid", "100", "d", "o"));

    private final DriftInbox inbox = new DriftInbox();

    @Test
    void givesEachReportOnce() {
        report(How.EDITED, "team_a__ConfigMap", "101");

        assertThat(inbox.has(SHOP)).isTrue();
        assertThat(inbox.take(SHOP, APPLIED)).extracting("id").containsExactly("team_a__ConfigMap");
        assertThat(inbox.has(SHOP)).isFalse();
        assertThat(inbox.take(SHOP, APPLIED)).isEmpty();
    }

    @Test
    void dropsWhatWasAppliedSince() {
        report(How.EDITED, "team_a__ConfigMap", "99");

        assertThat(inbox.take(SHOP, APPLIED)).isEmpty();
    }

    @Test
    void comparesVersionsAsNumbers() {
        report(How.EDITED, "team_a__ConfigMap", "1000");

        assertThat(inbox.take(SHOP, APPLIED)).hasSize(1);
    }

    @Test
    void aDeletedObjectHasNoVersionToCompare() {
        report(How.DELETED, "team_a__ConfigMap", "");

        assertThat(inbox.take(SHOP, APPLIED)).hasSize(1);
    }

    @Test
    void dropsWhatIsNotOurs() {
        report(How.DELETED, "team_other__ConfigMap", "");

        assertThat(inbox.take(SHOP, APPLIED)).isEmpty();
    }

    private void report(How how, String id, String version) {
        inbox.add(
                new DriftDetected(
                        SHOP,
                        Samples.FIRST,
                        List.of(
                                new DriftedObject(
                                        id,
                                        how,
                                        "someone",
                                        List.of(),
                                        version,
                                        Samples.NOW,
                                        1,
                                        false))));
    }
}
