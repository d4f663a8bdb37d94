package dev.sluice.applier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.kubernetes.apply.Inventory;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PruneGuardTest {

    private final PruneGuard guard = new PruneGuard(10, 0.5);

    @Test
    void holdsTheDeletionOfMoreThanTheShare() {
        assertThat(guard.held(objects(10), objects(6), shop(""), "main@sha1:2"))
                .hasValueSatisfying(why ->
                        assertThat(why)
                                .startsWith("6 of 10 objects")
                                .contains("sluice.dev/confirm-prune to 'main@sha1:2'"));
    }

    @Test
    void letsTheShareAndSmallInventoriesGo() {
        assertThat(guard.held(objects(10), objects(5), shop(""), "r")).isEmpty();
        assertThat(guard.held(objects(9), objects(9), shop(""), "r")).isEmpty();
    }

    @Test
    void aConfirmationHoldsForItsRevisionOnly() {
        assertThat(guard.held(objects(10), objects(10), shop("r2"), "r2")).isEmpty();
        assertThat(guard.held(objects(10), objects(10), shop("r1"), "r2")).isPresent();
    }

    private static Kustomization shop(String confirmed) {
        return Samples.kustomization(
                "shop",
                o ->
                        ((ObjectNode) o.get("metadata"))
                                .putObject("annotations")
                                .put(PruneGuard.CONFIRMATION, confirmed));
    }

    private static Inventory objects(int count) {
        Map<String, String> ids = new HashMap<>();
        for (int i = 0; i < count; i++) {
            ids.put("team_a" + i + "__ConfigMap", "v1");
        }
        return Inventory.parse(ids);
    }
}
