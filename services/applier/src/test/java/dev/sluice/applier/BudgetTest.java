package dev.sluice.applier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

    @ParameterizedTest
    @CsvSource({
        "10m, '', '', 9m30s, 10m0s",
        "40s, '', '', 30s, 40s",
        "10m, 5s, 20s, 30s, 5s",
        "10m, '', 2m, 2m0s, 10m0s"
    })
    void fillsInFluxsDefaults(
            String interval,
            String retry,
            String timeout,
            String wantedTimeout,
            String wantedRetry) {
        Budget budget =
                Budget.of(
                        Samples.kustomization(
                                        "shop",
                                        o -> {
                                            ObjectNode spec = (ObjectNode) o.get("spec");
                                            spec.put("interval", interval);
                                            spec.remove("retryInterval");
                                            put(spec, "retryInterval", retry);
                                            put(spec, "timeout", timeout);
                                        })
                                .spec());

        assertThat(budget.timeout()).hasToString(wantedTimeout);
        assertThat(budget.retry()).hasToString(wantedRetry);
    }

    private static void put(ObjectNode spec, String field, String value) {
        if (!value.isEmpty()) {
            spec.put(field, value);
        }
    }
}
