package dev.sluice.cli;

import dev.sluice.cli.audit.Happening;
import dev.sluice.cli.audit.History;
import dev.sluice.events.Commit;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryPruned;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the whole chain of an event. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows what led to an event and all that it led to, down to each object.")
final class AuditShowCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "EVENT",
            description = "Id of the event, as 'audit log' prints it; its beginning is enough.")
    private String event = "";

    @Mixin private LogOptions log = new LogOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (an event a line); default: ${DEFAULT-VALUE}.")
    private AuditFormat output = AuditFormat.text;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailure {
        if (output == AuditFormat.csv) {
            throw new CommandFailure("audit show prints text or json", 2);
        }
        PrintWriter out = spec.commandLine().getOut();
        log.read(from -> {
            show(History.of(from), out);
            return true;
        });
        out.flush();
        return 0;
    }

    private void show(History history, PrintWriter out) throws IOException, CommandFailure {
        List<Happening> found = history.find(event);
        if (found.isEmpty()) {
            throw new CommandFailure("there is no event " + event + " in the log");
        }
        if (found.size() > 1) {
            throw new CommandFailure(
                    "the ids of "
                            + found.size()
                            + " events begin with "
                            + event
                            + ": write more of it",
                    2);
        }
        Happening asked = found.getFirst();
        List<Step> steps = steps(asked, history);
        Happening first = steps.getFirst().happening();
        for (Step step : steps) {
            if (output == AuditFormat.json) {
                out.println(AuditLogCommand.json(step.happening(), history));
            } else {
                print(step, first, asked, history, out);
            }
        }
    }

    private record Step(Happening happening, int depth) {}

    private static List<Step> steps(Happening asked, History history) throws IOException {
        List<Step> steps = new ArrayList<>();
        for (Happening cause : history.causes(asked)) {
            steps.add(new Step(cause, steps.size()));
        }
        Map<String, List<Happening>> byCause =
                history.effects(asked).stream()
                        .collect(Collectors.groupingBy(effect -> effect.envelope().cause()));
        follow(asked, steps.size(), byCause, new HashSet<>(), steps);
        return steps;
    }

    private static void follow(
            Happening at,
            int depth,
            Map<String, List<Happening>> byCause,
            Set<String> seen,
            List<Step> steps) {
        if (seen.add(at.id())) {
            steps.add(new Step(at, depth));
            byCause.getOrDefault(at.id(), List.of())
                    .forEach(next -> follow(next, depth + 1, byCause, seen, steps));
        }
    }

    private static void print(
            Step step, Happening first, Happening asked, History history, PrintWriter out) {
        Happening happening = step.happening();
        String indent = "  ".repeat(step.depth());
        String when =
                happening.equals(first)
                        ? happening.time().toString()
                        : "+%.3f s"
                                .formatted(
                                        Duration.between(first.time(), happening.time()).toNanos()
                                                / 1e9);
        out.println(
                "%s%s %s  %s  %s  %s"
                        .formatted(
                                indent,
                                happening.equals(asked) ? "►" : "•",
                                happening.kind(),
                                happening.key(),
                                when,
                                happening.id()));
        if (!happening.summary().isEmpty()) {
            out.println(indent + "    " + happening.summary().replaceAll("\\p{Cntrl}+", " "));
        }
        if (happening.equals(first)) {
            history.commit(happening)
                    .ifPresent(commit -> out.println(indent + "    " + commitLine(commit)));
        }
        changes(happening).forEach(change -> out.println(indent + "    " + change));
    }

    private static String commitLine(Commit commit) {
        return "commit %s, %s".formatted(commit.sha(), commit.time());
    }

    private static List<String> changes(Happening happening) {
        return switch (happening.event()) {
            case DeliveryApplied applied when !happening.isState() ->
                    applied.changes().stream()
                            .map(change -> change.object() + " " + change.action().wireName())
                            .toList();
            case DeliveryPruned pruned ->
                    pruned.objects().stream().map(object -> object + " deleted").toList();
            default -> List.of();
        };
    }
}
