package dev.sluice.fetcher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostGateTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final MovingClock clock = new MovingClock();
    private final List<String> back = new ArrayList<>();
    private final HostGate gate = new HostGate(2, clock, back::add);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aHostThatDoesNotAnswerIsLeftAloneForAWhile() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> ask("a", new ConnectException("refused")))
                    .isInstanceOf(ConnectException.class);
        }

        assertThatThrownBy(() -> ask("a", null)).isInstanceOf(HostException.class);
        assertThat(asked).hasValue(3);
        assertThat(ask("b", null)).isEqualTo("answer");
    }

    @Test
    void aHostThatAnswersAgainIsTold() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> ask("a", new ConnectException("refused")));
        }

        clock.pass(Duration.ofSeconds(2));
        ask("a", null);

        assertThat(back).containsExactly("a");
        assertThat(ask("a", null)).isEqualTo("answer");
    }

    @Test
    void whatAHostSaysIsNotItsFailure() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> ask("a", new IOException("404")));
        }

        assertThat(ask("a", null)).isEqualTo("answer");
    }

    @Test
    void aHostThatAsksForPeaceGetsIt() throws Exception {
        assertThatThrownBy(() -> ask("a", new ThrottledException("429", Duration.ofSeconds(60))));

        clock.pass(Duration.ofSeconds(50));
        assertThatThrownBy(() -> ask("a", null)).isInstanceOf(HostException.class);
        clock.pass(Duration.ofSeconds(11));
        assertThat(ask("a", null)).isEqualTo("answer");
    }

    @Test
    void anOperationEndsWithItsTime() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() ->
                        gate.within(
                                "a",
                                Duration.ofMillis(50),
                                RuntimeException.class,
                                () -> {
                                    never.await();
                                    return "";
                                }))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("spec.timeout");
    }

    private String ask(String host, IOException problem) throws Exception {
        return gate.within(
                host,
                LONG,
                RuntimeException.class,
                () -> {
                    asked.incrementAndGet();
                    if (problem != null) {
                        throw problem;
                    }
                    return "answer";
                });
    }

    private static final class MovingClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
