package dev.sluice.standalone.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as one page of HTML with plots, which needs nothing from anywhere. */
final class Page {

    private static final String[] COLOURS = {"#2a6f97", "#61a5c2", "#a9d6e5", "#f4a261", "#e76f51"};
    private static final int WIDTH = 640;
    private static final int HEIGHT = 18;

    private Page() {}

    /**
     * The page.
     *
     * @param before an earlier run that this is compared with; null for none
     */
    static String of(Report report, @Nullable Report before) {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>Sluice: benchmark</title>
                <style>body{font:14px/1.5 system-ui;margin:2em;max-width:60em}td,th{padding:.2em 1em .2em 0;text-align:right}
                td:first-child,th:first-child{text-align:left}rect{stroke:none}text{font-size:11px}</style>
                <h1>Benchmark</h1>
                <p>%d deliveries of %d objects; %d processors; %d MiB of memory at the end.</p>
                <table><tr><th>part<th>seconds<th>CPU seconds<th>requests<th>time against before<th>CPU against before</tr>
                """
                        .formatted(
                                report.deliveries(),
                                BenchFleet.OBJECTS,
                                report.processors(),
                                report.memory()));
        report.steps().forEach(step -> row(page, step, before));
        page.append("</table>\n");
        report.steps().stream().filter(s -> !s.stages().isEmpty()).forEach(s -> plot(page, s));
        return page.append("</html>\n").toString();
    }

    private static void row(StringBuilder page, Report.Step step, @Nullable Report before) {
        Report.Step old = before == null ? null : before.step(step.name());
        page.append(
                "<tr><td>%s<td>%.2f<td>%.2f<td>%s<td>%s<td>%s</tr>%n"
                        .formatted(
                                step.name(),
                                step.seconds(),
                                step.cpuSeconds(),
                                step.requests() < 0 ? "" : Long.toString(step.requests()),
                                old == null ? "" : ratio(step.seconds(), old.seconds()),
                                old == null ? "" : ratio(step.cpuSeconds(), old.cpuSeconds())));
    }

    private static String ratio(double now, double before) {
        return "%.2f".formatted(now / Math.max(0.001, before));
    }

    /** Each stage a bar: dark to the median, light to the 99th percentile. */
    private static void plot(StringBuilder page, Report.Step step) {
        long longest =
                Math.max(1, step.stages().values().stream().mapToLong(Spread::p99).max().orElse(1));
        page.append(
                "<h2>%s</h2><svg width=\"%d\" height=\"%d\">%n"
                        .formatted(step.name(), WIDTH + 260, step.stages().size() * (HEIGHT + 4)));
        int y = 0;
        for (Map.Entry<String, Spread> stage : step.stages().entrySet()) {
            Spread spread = stage.getValue();
            String colour = COLOURS[(y / (HEIGHT + 4)) % COLOURS.length];
            page.append(
                    """
                    <text x="0" y="%1$d">%2$s</text><rect x="70" y="%3$d" width="%4$d" height="%5$d" fill="%6$s" opacity=".4"/>
                    <rect x="70" y="%3$d" width="%7$d" height="%5$d" fill="%6$s"/><text x="%8$d" y="%1$d">median %9$d ms, p99 %10$d ms</text>
                    """
                            .formatted(
                                    y + HEIGHT - 5,
                                    stage.getKey().substring(2),
                                    y,
                                    spread.p99() * WIDTH / longest,
                                    HEIGHT,
                                    colour,
                                    spread.median() * WIDTH / longest,
                                    76 + spread.p99() * WIDTH / longest,
                                    spread.median(),
                                    spread.p99()));
            y += HEIGHT + 4;
        }
        page.append("</svg>\n");
    }
}
