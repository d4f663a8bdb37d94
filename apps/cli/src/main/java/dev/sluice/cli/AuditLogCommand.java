package dev.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.audit.Happening;
import dev.sluice.cli.audit.History;
import dev.sluice.cli.audit.HistoryFilter;
import dev.sluice.cli.flux.Table;
import dev.sluice.events.Commit;
import dev.sluice.events.EventCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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
        History history = log.history();
        List<Happening> found =
                history.all().stream()
                        .filter(happening -> all || !isRepeated(happening))
                        .filter(happening -> filter.takes(happening, history))
                        .toList();
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case text -> text(found, history, out);
            case csv -> csv(found, history, out);
            case json -> found.forEach(happening -> out.println(json(happening, history)));
        }
        out.flush();
        return 0;
    }

    private static boolean isRepeated(Happening happening) {
        return happening.isState() && happening.envelope().producer().equals("sluice/applier");
    }

    private static void text(List<Happening> found, History history, PrintWriter out) {
        Table table = new Table();
        table.add(COLUMNS);
        found.forEach(happening -> table.add(cells(happening, history)));
        table.lines().forEach(out::println);
    }

    private static void csv(List<Happening> found, History history, PrintWriter out) {
        out.println(
                AuditFormat.csvLine(
                        COLUMNS.stream().map(c -> c.toLowerCase(java.util.Locale.ROOT)).toList()));
        found.forEach(happening -> out.println(AuditFormat.csvLine(cells(happening, history))));
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
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
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
            json.set("body", mapper.readTree(EventCodec.body(happening.event())));
        } catch (IOException e) {
            throw new IllegalStateException("what was written as JSON can be read", e);
        }
        return json.toString();
    }
}
