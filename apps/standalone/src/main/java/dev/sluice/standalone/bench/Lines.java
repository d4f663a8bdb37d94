package dev.sluice.standalone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as text for a terminal. */
final class Lines {

    private Lines() {}

    /**
     * A part and, below it, where its time went.
     *
     * @param before the same part of an earlier run; null for none
     */
    static List<String> of(Report.Step step, int deliveries, Report.@Nullable Step before) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%-40s %8.2f s   %6.2f s of CPU   %s%s"
                        .formatted(
                                step.name(),
                                step.seconds(),
                                step.cpuSeconds(),
                                requests(step, deliveries),
                                before == null ? "" : ratio(step, before)));
        step.stages().entrySet().stream()
                .map(e ->
                        "    %-12s %5d times, median %5d ms, p99 %5d ms"
                                .formatted(
                                        e.getKey().substring(2),
                                        e.getValue().count(),
                                        e.getValue().median(),
                                        e.getValue().p99()))
                .forEach(lines::add);
        return lines;
    }

    static String ratio(Report.Step step, Report.Step before) {
        return "   (%.2f of the time before, %.2f of the CPU)"
                .formatted(
                        step.seconds() / Math.max(0.001, before.seconds()),
                        step.cpuSeconds() / Math.max(0.001, before.cpuSeconds()));
    }

    private static String requests(Report.Step step, int deliveries) {
        return step.requests() < 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%d requests (%.1f for each delivery)",
                        step.requests(),
                        (double) step.requests() / deliveries);
    }
}
