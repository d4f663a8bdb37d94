package dev.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.audit.Happening;
import dev.sluice.cli.audit.History;
import dev.sluice.cli.audit.HistoryFilter;
import dev.sluice.cli.audit.TimeOrder;
import dev.sluice.cli.flux.Columns;
import dev.sluice.events.Commit;
import dev.sluice.events.EventCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what happened, event by event. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Lists what happened, the latest last.")
final class AuditLogCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS =
            List.of("TIME", "KIND", "KEY", "COMMIT", "AUTHOR", "WHAT", "EVENT");

    @Mixin private LogOptions log = new LogOptions();
    @Mixin private FilterOptions filters = new FilterOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json (an event a line) or csv; default: ${DEFAULT-VALUE}.")
    private AuditFormat output = AuditFormat.text;

    @Option(
            names = "--all",
            description =
                    "Also what the applier keeps of a delivery's state, which its outcomes tell again.")
    private boolean all;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        HistoryFilter filter = filters.filter();
        PrintWriter out = spec.commandLine().getOut();
        log.read(from -> {
            try (TimeOrder found = new TimeOrder()) {
                History history = History.of(from);
                Columns columns = new Columns();
                columns.measure(COLUMNS);
                history.read(
                        filter::mayTake,
                        happening -> {
                            if ((all || !isRepeated(happening))
                                    && filter.takes(happening, history)) {
                                take(happening, history, columns, found);
                            }
                        });
                print(found, columns, out);
                return true;
            }
        });
        out.flush();
        return 0;
    }

    private static boolean isRepeated(Happening happening) {
        return happening.isState() && happening.envelope().producer().equals("sluice/applier");
    }

    /** What is printed is kept, which is less than what happened. */
    private void take(Happening happening, History history, Columns columns, TimeOrder found) {
        List<String> texts;
        if (output == AuditFormat.json) {
            texts = List.of(json(happening, history));
        } else {
            texts = cells(happening, history);
            columns.measure(texts);
        }
        found.add(happening.time(), happening.id(), texts);
    }

    private void print(TimeOrder found, Columns columns, PrintWriter out) throws IOException {
        switch (output) {
            case text -> out.println(columns.line(COLUMNS));
            case csv ->
                    out.println(
                            AuditFormat.csvLine(
                                    COLUMNS.stream()
                                            .map(c -> c.toLowerCase(Locale.ROOT))
                                            .toList()));
            case json -> {}
        }
        found.forEach(texts ->
                out.println(
                        switch (output) {
                            case text -> columns.line(texts);
                            case csv -> AuditFormat.csvLine(texts);
                            case json -> texts.getFirst();
                        }));
    }

    private static List<String> cells(Happening happening, History history) {
        Optional<Commit> commit = history.commit(happening);
        return List.of(
                happening.time().toString(),
                happening.kind(),
                happening.key(),
                commit.map(c -> c.sha().substring(0, Math.min(8, c.sha().length()))).orElse(""),
                commit.map(Commit::author).orElse(""),
                happening.summary(),
                happening.id());
    }

    static String json(Happening happening, History history) {
        ObjectNode json = JSON.createObjectNode();
        json.put("time", happening.time().toString());
        json.put("event", happening.id());
        json.put("kind", happening.kind());
        json.put("topic", happening.topic());
        json.put("key", happening.key());
        json.put("producer", happening.envelope().producer());
        json.put("cause", happening.envelope().cause());
        json.put("correlation", happening.envelope().correlation());
        history.commit(happening)
                .ifPresent(commit ->
                        json.putObject("commit")
                                .put("sha", commit.sha())
                                .put("author", commit.author())
                                .put("time", commit.time().toString())
                                .put("message", commit.message()));
        try {
            json.set("body", JSON.readTree(EventCodec.body(happening.event())));
        } catch (IOException e) {
            throw new IllegalStateException("what was written as JSON can be read", e);
        }
        return json.toString();
    }
}
