package dev.sluice.cli;

import dev.sluice.cli.audit.HistoryFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of what somebody wants to know. */
final class FilterOptions {

    @Option(names = "--cluster", paramLabel = "NAME", description = "Of this cluster.")
    private @Nullable String cluster;

    @Option(
            names = "--delivery",
            paramLabel = "NAME",
            description = "Of this delivery: name, namespace/name or Kind/namespace/name.")
    private @Nullable String delivery;

    @Option(
            names = "--object",
            paramLabel = "NAME",
            description = "That name this object: name, namespace/name or Kind/namespace/name.")
    private @Nullable String object;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "From this source: name, namespace/name or Kind/namespace/name.")
    private @Nullable String source;

    @Option(
            names = "--commit",
            paramLabel = "SHA",
            description = "From this commit; its beginning is enough.")
    private @Nullable String commit;

    @Option(
            names = "--author",
            paramLabel = "TEXT",
            description = "From commits of authors whose name or mail holds this.")
    private @Nullable String author;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "Of this kind, for example delivery.applied, or delivery for all of them.")
    private @Nullable String kind;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Not before: 2026-11-23T14:05:00Z, a day, or 15m (ago).")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Not after.")
    private @Nullable String to;

    HistoryFilter filter() throws CommandFailure {
        return new HistoryFilter(
                cluster,
                delivery,
                object,
                source,
                commit,
                author,
                kind,
                from == null ? null : LogOptions.moment(from),
                to == null ? null : LogOptions.moment(to));
    }
}
