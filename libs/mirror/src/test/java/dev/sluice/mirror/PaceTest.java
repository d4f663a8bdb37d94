package dev.sluice.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void aCatchUpKeepsToItsPace() {
        long[] now = {0};
        Pace pace = new Pace(100, () -> now[0]);

        assertThat(pace.debt(100)).isZero();
        assertThat(pace.debt(50)).isEqualTo(Duration.ofMillis(500));
        now[0] += 1_000_000_000;
        assertThat(pace.debt(40)).isZero();
    }
}
