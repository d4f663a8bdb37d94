package dev.sluice.applier.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus;
import dev.sluice.helm.ReleaseNames;
import dev.sluice.helm.ReleasePlan;
import dev.sluice.helm.worker.HelmRequest.Chart;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseRunTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final FakeHelm helm = new FakeHelm();
    private ObjectNode object = object(1, "{}");

    @Test
    void installsWhatIsNotThere() throws Exception {
        Ending ending = run();

        assertThat(ending).isInstanceOf(Ending.Settled.class);
        assertThat(helm.calls).containsExactly("state", "install");
        assertThat(ready())
                .isEqualTo(
                        "True InstallSucceeded Helm install succeeded for release ns/app.v1 with chart app@1.0.0");
        assertThat(status().history()).hasSize(1);
    }

    @Test
    void whatIsAsWantedCostsOneLook() throws Exception {
        run();
        helm.calls.clear();

        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(helm.calls).containsExactly("state");
    }

    @Test
    void whatANewerFluxReleasedIsNotReleasedAgain() throws Exception {
        run();
        ObjectNode noted = (ObjectNode) object.at("/status/history/0");
        noted.put("apiVersion", "v2").put("digest", "sha256:made-otherwise");
        helm.calls.clear();

        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(helm.calls).containsExactly("state");
        assertThat(status().history()).hasSize(1);
    }

    @Test
    void otherValuesAreAnUpgrade() throws Exception {
        run();
        helm.configDigest = "sha256:two";

        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(status().history())
                .extracting("status")
                .containsExactly("deployed", "superseded");
    }

    @Test
    void aFailedInstallWithoutRetriesStallsAndIsNotTriedAgain() throws Exception {
        helm.failing.add(1);

        assertThat(run()).isInstanceOf(Ending.Stalled.class);
        assertThat(condition("Stalled"))
                .startsWith("True RetriesExceeded Failed to install after 1");
        assertThat(run()).isInstanceOf(Ending.Stalled.class);
        assertThat(helm.calls).containsExactly("state", "install", "state");
    }

    @Test
    void aNewGenerationStartsToCountAnew() throws Exception {
        helm.failing.add(1);
        run();
        object.withObject("/metadata").put("generation", 2);

        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(status().installFailures()).isNull();
    }

    @Test
    void whatIsNotRecordedCountsNothingAndIsTriedAgain() throws Exception {
        helm.broken = "template: no";

        assertThat(run()).isInstanceOf(Ending.Backoff.class);
        assertThat(status().installFailures()).isNull();
        assertThat(ready()).startsWith("False InstallFailed");
    }

    @Test
    void aFailedInstallIsUninstalledBetweenRetries() throws Exception {
        object = object(1, "{'install':{'remediation':{'retries':1}}}");
        helm.failing.add(1);

        assertThat(run()).isInstanceOf(Ending.Again.class);
        assertThat(helm.calls).containsExactly("state", "install", "uninstall");
        assertThat(run()).isInstanceOf(Ending.Stalled.class);
    }

    @Test
    void aFailedUpgradeIsRolledBack() throws Exception {
        object = object(1, "{'upgrade':{'remediation':{'remediateLastFailure':true}}}");
        run();
        helm.configDigest = "sha256:two";
        helm.failing.add(2);

        assertThat(run()).isInstanceOf(Ending.Stalled.class);
        assertThat(helm.records.lastEntry().getValue().version()).isEqualTo(3);
        assertThat(ready()).startsWith("False RollbackSucceeded");
        assertThat(condition("Remediated")).startsWith("True RollbackSucceeded");
    }

    @Test
    void aPendingRecordIsUnlockedAndUpgraded() throws Exception {
        run();
        helm.put(2, "pending-upgrade", "sha256:one");
        helm.calls.clear();

        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(helm.calls).containsExactly("state", "unlock", "upgrade");
    }

    @Test
    void whatSomeoneElseReleasedIsTakenOver() throws Exception {
        helm.put(1, "deployed", "sha256:other");

        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(helm.calls).containsExactly("state", "upgrade");
        assertThat(status().history()).hasSize(1);
    }

    @Test
    void valuesThatAreKeptAreNoReasonToUpgradeAgainInTheSameRun() throws Exception {
        object = object(1, "{'upgrade':{'preserveValues':true}}");
        run();
        helm.configDigest = "sha256:two";
        helm.recordedDigest = "sha256:one and two";
        helm.calls.clear();

        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(helm.calls).containsExactly("state", "upgrade");
    }

    @Test
    void aReleaseWithoutTestsIsTestedOnce() throws Exception {
        object = object(1, "{'test':{'enable':true}}");

        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(ready()).endsWith("no test hooks");
        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(helm.calls).containsExactly("state", "install", "test", "state");
    }

    @Test
    void retryOnFailureUpgradesAfterItsInterval() throws Exception {
        object =
                object(
                        1,
                        "{'install':{'strategy':{'name':'RetryOnFailure','retryInterval':'7s'}}}");
        helm.failing.add(1);

        assertThat(run()).isInstanceOf(Ending.After.class);
        assertThat(ready()).isEqualTo("False RetryAfterInterval Will retry after 7s");
        assertThat(run()).isInstanceOf(Ending.Settled.class);
        assertThat(helm.calls).containsExactly("state", "install", "state", "upgrade");
    }

    @Test
    void anotherNameUninstallsTheOldReleaseFirst() throws Exception {
        run();
        object.withObject("/spec").put("releaseName", "other");
        helm.calls.clear();

        assertThat(run()).isInstanceOf(Ending.Again.class);
        assertThat(helm.calls).containsExactly("state", "uninstall");
        assertThat(status().history()).isEmpty();
    }

    @Test
    void aLongNameIsShortened() {
        String name = "a-release-with-a-name-that-is-rather-longer-than-helm-takes";

        assertThat(ReleaseNames.shortened(name))
                .hasSize(53)
                .startsWith("a-release-with-a-name-that-is-rather-lon-");
    }

    private Ending run() throws Exception {
        HelmRelease release = FluxJson.read(object, HelmRelease.class);
        ReleaseDraft draft = new ReleaseDraft(release, CLOCK);
        ReleaseWork work =
                new ReleaseWork(
                        release,
                        new ReleasePlan(
                                "sha256:chart",
                                "1.0.0",
                                null,
                                JsonNodeFactory.instance.objectNode()),
                        new Chart("", null, null, null),
                        helm,
                        new Silent(),
                        draft);
        Ending ending = new ReleaseRun(work, CLOCK).run();
        object.set("status", FluxJson.write(draft.toStatus()));
        return ending;
    }

    private HelmReleaseStatus status() throws Exception {
        HelmReleaseStatus status = FluxJson.read(object, HelmRelease.class).status();
        assertThat(status).isNotNull();
        return status;
    }

    private String ready() throws Exception {
        return condition("Ready");
    }

    private String condition(String type) throws Exception {
        return status().conditions().stream()
                .filter(c -> c.type().equals(type))
                .map(ReleaseRunTest::shown)
                .findFirst()
                .orElse("none");
    }

    private static String shown(Condition condition) {
        return condition.status() + " " + condition.reason() + " " + condition.message();
    }

    private static ObjectNode object(long generation, String spec) {
        try {
            ObjectNode tree = JsonNodeFactory.instance.objectNode();
            tree.put("apiVersion", "helm.toolkit.fluxcd.io/v2").put("kind", "HelmRelease");
            tree.putObject("metadata")
                    .put("name", "app")
                    .put("namespace", "ns")
                    .put("uid", "u")
                    .put("generation", generation);
            ObjectNode read = (ObjectNode) new ObjectMapper().readTree(spec.replace('\'', '"'));
            read.put("interval", "1m");
            tree.set("spec", read);
            return tree;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells nobody. */
    private static final class Silent implements ReleaseReports {
        @Override
        public void status(HelmRelease of, HelmReleaseStatus status) {
            // The test reads the draft.
        }

        @Override
        public void event(
                HelmRelease of,
                boolean warning,
                String reason,
                String message,
                Map<String, String> marks) {
            // Nobody listens.
        }
    }
}
