package dev.sluice.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

    private static final Report.Step STEP =
            new Report.Step("idle", 15.0, 0.5, 30, Map.of("1 render", new Spread(10, 20, 90)));

    @TempDir Path directory;

    @Test
    void aSpreadIsTheMiddleAndTheSlowestOfAHundred() {
        Spread spread = Spread.of(LongStream.rangeClosed(1, 1000).boxed().toList());

        assertThat(spread.count()).isEqualTo(1000);
        assertThat(spread.median()).isBetween(500L, 501L);
        assertThat(spread.p99()).isBetween(990L, 991L);
        assertThat(Spread.of(List.of(7L))).isEqualTo(new Spread(1, 7, 7));
        assertThat(Spread.of(List.of())).isEqualTo(new Spread(0, 0, 0));
    }

    @Test
    void watchesAreNoRequests() {
        String metrics =
                """
                # TYPE apiserver_request_total counter
                apiserver_request_total{code="200",resource="pods",verb="WATCH"} 5
                apiserver_request_total{code="200",resource="pods",verb="APPLY"} 40
                apiserver_request_total{code="201",resource="events",verb="POST"} 1.2e+03
                apiserver_request_duration_seconds_count{verb="APPLY"} 40
                """;

        assertThat(Cost.requests(metrics)).isEqualTo(1240);
        assertThat(Cost.requests((String) null)).isEqualTo(-1);
    }

    @Test
    void whatCannotBeCountedStaysUnknown() {
        Cost spent = new Cost(5_000, 300, -1).since(new Cost(2_000, 100, 10));

        assertThat(spent).isEqualTo(new Cost(3_000, 200, -1));
    }

    @Test
    void aReportIsReadAsItWasWritten() throws Exception {
        Report report = new Report(50, 2, 480, List.of(STEP));
        Path file = directory.resolve("report.json");

        report.write(file);

        assertThat(Report.read(file)).isEqualTo(report);
    }

    @Test
    void anEarlierRunIsSetBesideAsRatios() {
        Report.Step before = new Report.Step("idle", 30.0, 1.0, 60, Map.of());

        assertThat(Lines.of(STEP, 10, before).getFirst())
                .contains("idle", "(3.0 for each delivery)", "0.50 of the time before");
        assertThat(
                        Page.of(
                                new Report(10, 2, 480, List.of(STEP)),
                                new Report(10, 2, 500, List.of(before))))
                .contains("<td>0.50<td>0.50", "median 20 ms, p99 90 ms")
                .doesNotContain("http://");
    }
}
