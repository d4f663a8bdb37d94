package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LaneRulesTest {

    @Test
    void beyondTheShareOfOneGroupThereIsRoomForOthers() {
        LaneRules<String> rules = LaneRules.fair(16, key -> key, _ -> true);

        assertThat(rules.perGroup()).isEqualTo(16);
        assertThat(rules.width()).isEqualTo(21);
        assertThat(LaneRules.fair(1, (String key) -> key, _ -> true).width()).isEqualTo(2);
    }

    @Test
    void nothingAtOnceIsNoRule() {
        assertThatThrownBy(() -> LaneRules.alike(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
