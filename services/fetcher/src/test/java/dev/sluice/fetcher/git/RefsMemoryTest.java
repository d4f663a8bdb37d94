package dev.sluice.fetcher.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fetcher.http.ProxyAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefsMemoryTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MovingClock clock = new MovingClock();
    private final RefsMemory memory = new RefsMemory(clock);
    private final AtomicInteger asked = new AtomicInteger();
    private String tip = "1";

    @Test
    void sourcesOfOneRepositoryAskOnceAnInterval() throws Exception {
        ask("app", MINUTE);
        clock.pass(Duration.ofSeconds(30));
        ask("app", MINUTE);
        assertThat(asked).hasValue(1);

        clock.pass(Duration.ofSeconds(31));
        ask("app", MINUTE);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whoeverIsAskedForGetsAFreshAnswer() throws Exception {
        ask("app", MINUTE);
        clock.pass(Duration.ofMillis(1));
        tip = "2";

        RefsMemory.Answer answer = ask("app", Duration.ZERO);

        assertThat(answer.changed()).isTrue();
        assertThat(answer.refs().commits()).containsValue("2");
    }

    @Test
    void othersSeeTheirOwn() throws Exception {
        ask("app", MINUTE);
        ask("web", MINUTE);

        assertThat(asked).hasValue(2);
    }

    @Test
    void aFailureIsNoAnswerForThoseWhoComeLater() throws Exception {
        tip = "";
        assertThatThrownBy(() -> ask("app", MINUTE)).isInstanceOf(GitFailure.class);
        clock.pass(Duration.ofMillis(1));
        tip = "3";

        assertThat(ask("app", MINUTE).refs().commits()).containsValue("3");
    }

    private RefsMemory.Answer ask(String name, Duration age) throws Exception {
        GitRemote remote =
                GitRemote.of(
                        "https://example.com/" + name + ".git",
                        GitCredentials.ANONYMOUS,
                        ProxyAddress.NONE,
                        MINUTE);
        return memory.ask(
                remote,
                age,
                () -> {
                    asked.incrementAndGet();
                    if (tip.isEmpty()) {
                        throw GitFailure.operation("down");
                    }
                    return new RemoteRefs(Map.of("refs/heads/main", tip));
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
