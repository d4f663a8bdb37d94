package dev.sluice.applier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionPlanTest {

    @ParameterizedTest
    @CsvSource({
        "'', true, false, PRUNE",
        "'', false, false, LEAVE",
        "MirrorPrune, true, false, PRUNE",
        "MirrorPrune, false, false, LEAVE",
        "Delete, false, false, PRUNE",
        "Orphan, true, false, LEAVE",
        "WaitForTermination, false, false, PRUNE_AND_WAIT",
        "Delete, true, true, LEAVE"
    })
    void followsThePolicyAndNeverTouchesASuspendedOne(
            String policy, boolean prune, boolean suspend, DeletionPlan plan) {
        var object =
                Samples.kustomization(
                        "shop",
                        o -> {
                            ObjectNode spec = (ObjectNode) o.get("spec");
                            spec.put("prune", prune).put("suspend", suspend);
                            if (!policy.isEmpty()) {
                                spec.put("deletionPolicy", policy);
                            }
                        });

        assertThat(DeletionPlan.of(object.spec())).isEqualTo(plan);
    }
}
