package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {

    @Test
    void isToldOnceAMinuteWithTheNumberOfThoseThatWereNot() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        Outage outage = new Outage(now::get);

        assertThat(outage.met()).isZero();
        assertThat(outage.met()).isNegative();
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(outage.met()).isNegative();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(outage.met()).isEqualTo(2);
        assertThat(outage.met()).isNegative();
    }
}
