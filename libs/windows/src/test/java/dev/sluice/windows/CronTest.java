package dev.sluice.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 22 * * SAT     | 2026-03-04T00:00:00Z | 2026-03-07T22:00:00Z",
                "0 22 * * 6       | 2026-03-07T22:00:00Z | 2026-03-14T22:00:00Z",
                "*/15 * * * *     | 2026-03-04T10:15:00Z | 2026-03-04T10:30:00Z",
                "10/20 * * * *    | 2026-03-04T10:30:01Z | 2026-03-04T10:50:00Z",
                "0 0 31 * *       | 2026-02-01T00:00:00Z | 2026-03-31T00:00:00Z",
                "0 0 29 2 *       | 2026-03-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 0 29 2 *       | 2097-01-01T00:00:00Z | 2104-02-29T00:00:00Z",
                "0 6 1 * MON      | 2026-03-03T00:00:00Z | 2026-03-09T06:00:00Z",
                "0 6 1-7 * ?      | 2026-03-31T00:00:00Z | 2026-04-01T06:00:00Z",
                "0 6 * jan-mar 7  | 2026-03-30T00:00:00Z | 2027-01-03T06:00:00Z",
                "30 8-10/2 * * *  | 2026-03-04T08:30:00Z | 2026-03-04T10:30:00Z",
                "@weekly          | 2026-03-04T00:00:00Z | 2026-03-08T00:00:00Z",
                "59 23 31 12 *    | 2026-12-31T23:58:59.999Z | 2026-12-31T23:59:00Z",
            })
    void findsTheNextTime(String schedule, Instant after, Instant next) throws Exception {
        assertThat(Cron.parse(schedule).next(after, ZoneOffset.UTC)).contains(next);
    }

    @Test
    void neverComesWhatNoCalendarHas() throws Exception {
        assertThat(Cron.parse("0 0 30 2 *").next(Instant.parse("2026-01-01T00:00:00Z"), BERLIN))
                .isEmpty();
    }

    @Test
    void aTimeThatSpringLeavesOutComesAtTheChange() throws Exception {
        // 2026-03-29: 02:00 becomes 03:00.
        assertThat(times("30 2 * * *", "2026-03-28T12:00:00Z", 2))
                .containsExactly(
                        Instant.parse("2026-03-29T01:00:00Z"),
                        Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void severalTimesThatAreLeftOutAreOneOpening() throws Exception {
        assertThat(times("*/20 2,3 * * *", "2026-03-29T00:00:00Z", 3))
                .containsExactly(
                        Instant.parse("2026-03-29T01:00:00Z"),
                        Instant.parse("2026-03-29T01:20:00Z"),
                        Instant.parse("2026-03-29T01:40:00Z"));
    }

    @Test
    void aTimeThatAutumnHasTwiceCountsOnce() throws Exception {
        // 2026-10-25: 03:00 becomes 02:00 again.
        assertThat(times("30 2 * * *", "2026-10-24T12:00:00Z", 2))
                .containsExactly(
                        Instant.parse("2026-10-25T00:30:00Z"),
                        Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void aZoneThatSkipsADayGoesOn() throws Exception {
        // Samoa had no 30 December 2011.
        Optional<Instant> next =
                Cron.parse("0 12 30 12 *")
                        .next(Instant.parse("2011-12-29T00:00:00Z"), ZoneId.of("Pacific/Apia"));

        assertThat(next).contains(Instant.parse("2011-12-30T10:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "5-1 * * * *",
                "*/0 * * * *",
                "1, * * * *",
                "-1 * * * *",
                "* * * * FUNDAY",
                "1234567890123 * * * *",
                "@reboot"
            })
    void refusesWhatIsNoSchedule(String schedule) {
        assertThatThrownBy(() -> Cron.parse(schedule)).isInstanceOf(InvalidWindowException.class);
    }

    private static List<Instant> times(String schedule, String after, int count) throws Exception {
        Cron cron = Cron.parse(schedule);
        List<Instant> times = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = cron.next(at, BERLIN).orElseThrow();
            times.add(at);
        }
        return times;
    }
}
