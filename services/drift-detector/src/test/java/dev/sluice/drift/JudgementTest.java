package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.AppliedObject;
import dev.sluice.events.DriftedObject.How;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final Instant APPLIED = Instant.parse("2026-01-01T00:00:10Z");
    private static final String BOTH = "{\"f:data\":{\"f:a\":{},\"f:b\":{}}}";
    private static final String ONE = "{\"f:data\":{\"f:a\":{}}}";
    private static final String OTHER = "{\"f:data\":{\"f:a\":{},\"f:c\":{}}}";

    private final LiveObject before = live("5", "10", BOTH, "", null);

    @Test
    void isFineWhileTheFieldsAreOurs() {
        assertThat(judge(live("6", "10", BOTH, "operator", before)))
                .isInstanceOf(Judgement.Fine.class);
    }

    @Test
    void tellsWhichFieldsWereTakenAndByWhom() {
        assertThat(judge(live("6", "10", ONE, "someone", before)))
                .isEqualTo(new Judgement.Drifted(How.EDITED, "someone", List.of(".data.b"), "6"));
    }

    @Test
    void takesALaterWriteOfOursForAnApplyUnderWay() {
        assertThat(judge(live("6", "12", ONE, "someone", before)))
                .isInstanceOf(Judgement.InFlight.class);
    }

    @Test
    void takesAFieldThatWeDidNotHaveForAnApplyWithinTheSameSecond() {
        assertThat(judge(live("6", "10", OTHER, "someone", before)))
                .isInstanceOf(Judgement.InFlight.class);
    }

    @Test
    void takesNoListThatLostItsLastEntryForAWriteOfOurs() {
        LiveObject ports =
                live(
                        "5",
                        "10",
                        "{\"f:spec\":{\"f:ports\":{\"k:{\\\"port\\\":80}\":{\"f:a\":{}}}}}",
                        "",
                        null);
        LiveObject emptied = live("6", "10", "{\"f:spec\":{\"f:ports\":{}}}", "someone", ports);

        assertThat(Judgement.of(applied(ports), APPLIED, emptied))
                .isInstanceOf(Judgement.Drifted.class);
    }

    @Test
    void isDriftWhereOurEntryIsGone() {
        assertThat(judge(live("6", "10", null, "someone", before)))
                .isInstanceOf(Judgement.Drifted.class);
    }

    @Test
    void isFineWhereTheRecordIsYoungerThanWhatWasSeen() {
        assertThat(judge(live("4", "10", ONE, "someone", null))).isInstanceOf(Judgement.Fine.class);
    }

    @Test
    void doesNotMindKubectlWhereItsFieldsAreToBeMerged() {
        assertThat(judge(live("6", "10", BOTH, "kubectl-edit", before)))
                .isEqualTo(
                        new Judgement.Drifted(
                                How.FOREIGN_MANAGER, "kubectl-edit", List.of(".data.x"), "6"));
        assertThat(
                        judge(
                                live(
                                        "6",
                                        "10",
                                        BOTH,
                                        "kubectl-edit",
                                        before,
                                        "\"annotations\":{\"kustomize.toolkit.fluxcd.io/ssa\":\"merge\"},")))
                .isInstanceOf(Judgement.Fine.class);
    }

    @Test
    void leavesAloneWhatIsBeingDeletedOrSwitchedOff() {
        assertThat(
                        judge(
                                live(
                                        "6",
                                        "10",
                                        ONE,
                                        "someone",
                                        before,
                                        "\"deletionTimestamp\":\"2026-01-01T00:00:00Z\",")))
                .isInstanceOf(Judgement.Fine.class);
        assertThat(
                        judge(
                                live(
                                        "6",
                                        "10",
                                        ONE,
                                        "someone",
                                        before,
                                        "\"labels\":{\"kustomize.toolkit.fluxcd.io/reconcile\":\"Disabled\"},")))
                .isInstanceOf(Judgement.Fine.class);
    }

    private Judgement judge(LiveObject live) {
        return Judgement.of(applied(before), APPLIED, live);
    }

    private static AppliedObject applied(LiveObject object) {
        return new AppliedObject(
                "ns_m__ConfigMap", "v1", "uid", "5", "desired", object.owned().digest());
    }

    private static LiveObject live(
            String version,
            String second,
            @Nullable String ours,
            String other,
            @Nullable LiveObject previous) {
        return live(version, second, ours, other, previous, "");
    }

    private static LiveObject live(
            String version,
            String second,
            @Nullable String ours,
            String other,
            @Nullable LiveObject previous,
            String more) {
        String entries = ours == null ? "" : entry("kustomize-controller", "Apply", second, ours);
        if (!other.isEmpty()) {
            entries +=
                    (entries.isEmpty() ? "" : ",")
                            + entry(other, "Update", "11", "{\"f:data\":{\"f:x\":{}}}");
        }
        return LiveObject.of(
                Family.KUSTOMIZATION,
                tree(
                        "{\"metadata\":{"
                                + more
                                + "\"uid\":\"uid\",\"resourceVersion\":\""
                                + version
                                + "\",\"managedFields\":["
                                + entries
                                + "]}}"),
                previous);
    }

    private static String entry(String manager, String operation, String second, String fields) {
        return "{\"manager\":\"%s\",\"operation\":\"%s\",\"time\":\"2026-01-01T00:00:%sZ\",\"fieldsV1\":%s}"
                .formatted(manager, operation, second, fields);
    }

    private static ObjectNode tree(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
