package dev.sluice.applier.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.applier.helm.ReleaseCorrection.Result;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.DriftedObject.How;
import dev.sluice.events.ObjectChange;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseStatus;
import dev.sluice.helm.worker.HelmRequest;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.HelmResponse.Failure;
import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleaseCorrectionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AppliedObject MAP =
            new AppliedObject("ns_app__ConfigMap", "v1", "u1", "5", "", "digest");
    private static final AppliedObject OTHER =
            new AppliedObject("ns_web_apps_Deployment", "v1", "u2", "6", "", "digest");

    private final List<String> told = new ArrayList<>();
    private final List<HelmRequest> asked = new ArrayList<>();

    @Test
    void asksForTheChangedObjectAloneAndTellsWhatItWas() throws Exception {
        Result result = correct(answer("9", null), edited("7"));

        assertThat(asked).singleElement().extracting(HelmRequest::version).isEqualTo(3);
        assertThat(asked.getFirst().objects())
                .containsExactly(new ObjectRef("v1", "ConfigMap", "ns", "app", null));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Done.class,
                        done -> {
                            assertThat(done.objects()).hasSize(2).contains(OTHER);
                            assertThat(done.objects().getFirst().resourceVersion()).isEqualTo("9");
                            assertThat(done.objects().getFirst().owned()).isNotEmpty();
                            assertThat(done.changes())
                                    .containsExactly(
                                            new ObjectChange(
                                                    "ConfigMap/ns/app",
                                                    ObjectChange.Action.CONFIGURED));
                        });
        assertThat(told).hasSize(2);
        assertThat(told.getLast())
                .isEqualTo(
                        "DriftCorrected Cluster state of release ns/app.v3 has been corrected:\nConfigMap/ns/app changed by someone (.data.a)");
    }

    @Test
    void tellsNothingWhereNothingHadToBePutBack() throws Exception {
        Result result = correct(answer("7", null), edited("7"));

        assertThat(result).isInstanceOf(Result.Done.class);
        assertThat(told).isEmpty();
    }

    @Test
    void leavesAReleaseThatSomeoneElseHasMadeToAWholeLook() throws Exception {
        assertThat(correct(answer("", "other-record"), edited("7")))
                .isInstanceOf(Result.Whole.class);
    }

    @Test
    void waitsWhileSomeoneElseIsAtWork() throws Exception {
        assertThat(correct(answer("", "busy"), edited("7"))).isInstanceOf(Result.Busy.class);
    }

    private Result correct(HelmResponse answer, DriftedObject drifted) throws Exception {
        HelmRelease object = object();
        return new ReleaseCorrection(
                        object,
                        new ReleaseDraft(object, Clock.fixed(NOW, ZoneOffset.UTC)),
                        new Listening())
                .run(
                        request -> {
                            asked.add(request);
                            return answer;
                        },
                        List.of(MAP, OTHER),
                        List.of(drifted));
    }

    private static DriftedObject edited(String version) {
        return new DriftedObject(
                MAP.id(), How.EDITED, "someone", List.of(".data.a"), version, NOW, 1, false);
    }

    private static HelmResponse answer(String version, @Nullable String failure) throws Exception {
        JsonNode metadata =
                new ObjectMapper()
                        .readTree(
                                "{\"uid\":\"u1\",\"resourceVersion\":\"%s\",\"managedFields\":[{\"manager\":\"helm-controller\",\"operation\":\"Update\",\"fieldsV1\":{\"f:data\":{}}}]}"
                                        .formatted(version));
        return new HelmResponse(
                failure == null ? null : new Failure(failure, "no"),
                null,
                null,
                null,
                null,
                null,
                List.of(new ObjectRef("v1", "ConfigMap", "ns", "app", metadata)),
                List.of(),
                List.of(),
                null);
    }

    private static HelmRelease object() throws Exception {
        return FluxJson.read(
                new ObjectMapper()
                        .readTree(
                                """
                                {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease",
                                 "metadata": {"name": "app", "namespace": "ns", "uid": "u", "generation": 1},
                                 "spec": {"interval": "1m", "driftDetection": {"mode": "enabled"}},
                                 "status": {"history": [{"name": "app", "namespace": "ns", "version": 3, "status": "deployed",
                                   "digest": "sha256:3", "chartName": "app", "chartVersion": "1.0.0", "configDigest": "sha256:c",
                                   "firstDeployed": "2026-01-01T00:00:00Z", "lastDeployed": "2026-01-01T00:00:00Z"}]}}
                                """),
                HelmRelease.class);
    }

    /** Keeps the Events. */
    private final class Listening implements ReleaseReports {
        @Override
        public void status(HelmRelease of, HelmReleaseStatus status) {
            throw new AssertionError("a correction writes no status");
        }

        @Override
        public void event(
                HelmRelease of,
                boolean warning,
                String reason,
                String message,
                Map<String, String> marks) {
            told.add(reason + ' ' + message);
        }
    }
}
