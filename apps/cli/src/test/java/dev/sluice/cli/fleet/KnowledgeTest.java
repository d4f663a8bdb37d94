package dev.sluice.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.mirror.Marks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnowledgeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration STALE = Duration.ofMinutes(2);

    @Test
    void aClusterThatSpokeJustNowAndIsNotBehindIsFresh() {
        Knowledge knowledge = knowledge(heard(10, 0, Duration.ZERO), List.of());

        assertThat(knowledge.fresh()).isTrue();
        assertThat(row(knowledge)).contains("fresh", "10s", "3.0 MiB of 64 MiB");
    }

    @Test
    void silenceIsStale() {
        Knowledge knowledge = knowledge(heard(121, 0, Duration.ZERO), List.of());

        assertThat(knowledge.fresh()).isFalse();
        assertThat(row(knowledge)).contains("stale", "121s");
    }

    @Test
    void aClusterThatSpeaksAndIsHoursBehindIsStale() {
        Knowledge knowledge = knowledge(heard(5, 70_000, Duration.ofHours(3)), List.of());

        assertThat(knowledge.fresh()).isFalse();
        assertThat(row(knowledge)).contains("stale", "10805s", "70000");
    }

    @Test
    void aClusterThatWasNeverHeardOfIsUnknown() {
        Knowledge knowledge = knowledge(heard(5, 0, Duration.ZERO), List.of("shanghai"));

        assertThat(knowledge.fresh()).isFalse();
        assertThat(knowledge.table().lines().getLast()).contains("shanghai", "unknown", "never");
    }

    @Test
    void whereNobodyWasHeardOfNothingIsFresh() {
        assertThat(Knowledge.of(new Marks(Map.of(), Map.of()), List.of(), STALE, NOW).fresh())
                .isFalse();
    }

    private static Marks.Heard heard(int secondsAgo, long behind, Duration lag) {
        return new Marks.Heard(
                NOW.minusSeconds(secondsAgo), new Marks.Report(behind, lag, 3 << 20, 64 << 20));
    }

    private static Knowledge knowledge(Marks.Heard heard, List<String> expected) {
        return Knowledge.of(new Marks(Map.of(), Map.of("munich", heard)), expected, STALE, NOW);
    }

    private static String row(Knowledge knowledge) {
        return knowledge.table().lines().get(1);
    }
}
