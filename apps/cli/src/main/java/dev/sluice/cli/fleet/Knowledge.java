package dev.sluice.cli.fleet;

import dev.sluice.cli.flux.Table;
import dev.sluice.mirror.Marks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * How old what the centre knows of each cluster is. Silence is never green: what was not heard of
 * in time is stale, and so is a cluster that speaks and is behind with what happened.
 *
 * @param fresh whether there is a cluster, and all of them are fresh
 */
public record Knowledge(Table table, boolean fresh) {

    private static final double MIB = 1 << 20;

    /**
     * @param expected clusters that must be there
     * @param staleAfter how old knowledge may be
     */
    public static Knowledge of(
            Marks marks, Collection<String> expected, Duration staleAfter, Instant now) {
        Table table = new Table();
        table.add(List.of("CLUSTER", "KNOWLEDGE", "HEARD", "AGE", "BEHIND", "HISTORY"));
        TreeSet<String> clusters = new TreeSet<>(marks.heard().keySet());
        clusters.addAll(expected);
        boolean fresh = !clusters.isEmpty();
        for (String cluster : clusters) {
            Marks.Heard heard = marks.heard().get(cluster);
            if (heard == null) {
                table.add(List.of(cluster, "unknown", "never", "-", "-", "-"));
                fresh = false;
                continue;
            }
            Duration age = Duration.between(heard.knownUpTo(), now);
            boolean stale = age.compareTo(staleAfter) > 0;
            fresh &= !stale;
            table.add(
                    List.of(
                            cluster,
                            stale ? "stale" : "fresh",
                            heard.at().toString(),
                            Math.max(0, age.toSeconds()) + "s",
                            Long.toString(heard.report().behind()),
                            history(heard.report())));
        }
        return new Knowledge(table, fresh);
    }

    private static String history(Marks.Report report) {
        String used =
                report.bytes() < 0
                        ? "?"
                        : String.format(Locale.ROOT, "%.1f MiB", report.bytes() / MIB);
        return report.limit() < 0
                ? used + ", no bound"
                : used + String.format(Locale.ROOT, " of %.0f MiB", report.limit() / MIB);
    }
}
