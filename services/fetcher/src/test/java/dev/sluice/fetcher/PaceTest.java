package dev.sluice.fetcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.source.SourceKey;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final SourceKey APP = new SourceKey("GitRepository", "team", "app");
    private static final Duration FIRST = Duration.ofMillis(750);
    private static final Duration LAST = Duration.ofMinutes(15);

    @Test
    void anIntervalIsKeptGiveOrTakeALittle() {
        Pace pace = new Pace(0.05, FIRST, LAST, new Random(1));

        assertThat(
                        IntStream.range(0, 200)
                                .mapToObj(i -> pace.afterSuccess(APP, Duration.ofSeconds(100)))
                                .toList())
                .allSatisfy(delay ->
                        assertThat(delay)
                                .isBetween(Duration.ofSeconds(95), Duration.ofSeconds(105)))
                .anySatisfy(delay -> assertThat(delay).isLessThan(Duration.ofSeconds(97)))
                .anySatisfy(delay -> assertThat(delay).isGreaterThan(Duration.ofSeconds(103)));
    }

    @Test
    void failuresAreTriedAgainLessAndLessOften() {
        Pace pace = new Pace(0, FIRST, LAST, new Random(1));

        assertThat(IntStream.range(0, 4).mapToObj(i -> pace.afterFailure(APP)))
                .containsExactly(
                        FIRST, FIRST.multipliedBy(2), FIRST.multipliedBy(4), FIRST.multipliedBy(8));
        assertThat(IntStream.range(0, 40).mapToObj(i -> pace.afterFailure(APP)).toList().getLast())
                .isEqualTo(LAST);
    }

    @Test
    void successStartsTheCountAnew() {
        Pace pace = new Pace(0, FIRST, LAST, new Random(1));
        pace.afterFailure(APP);
        pace.afterFailure(APP);

        pace.afterSuccess(APP, LAST);

        assertThat(pace.afterFailure(APP)).isEqualTo(FIRST);
    }
}
