package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.cli.flux.Age;
import dev.sluice.cli.flux.Table;
import dev.sluice.cli.letters.DeadLetter;
import dev.sluice.cli.letters.DeadLetterBox;
import dev.sluice.cli.letters.LetterException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice dead-letters list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the records that a stage could not read and nobody has put back.")
final class DeadLettersListCommand implements Callable<Integer> {

    /** How the letters are printed. */
    enum Output {
        table,
        json,
        name
    }

    @Mixin private final BrokerOptions broker = new BrokerOptions();
    @Mixin private final PatienceOptions patience = new PatienceOptions();

    @Spec private CommandSpec command = CommandSpec.create();

    @Option(names = "--all", description = "Also those that were put back.")
    private boolean all;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Output output = Output.table;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter out = command.commandLine().getOut();
        try {
            List<DeadLetter> letters =
                    new DeadLetterBox(broker.address(), patience.timeout()).list(all);
            switch (output) {
                case table -> print(letters, out);
                case name -> letters.forEach(letter -> out.println(letter.id()));
                case json -> out.println(json(letters).toPrettyString());
            }
            out.flush();
            return 0;
        } catch (LetterException e) {
            throw new CommandFailure("✗ " + e.getMessage());
        }
    }

    private void print(List<DeadLetter> letters, PrintWriter out) {
        if (letters.isEmpty()) {
            command.commandLine().getErr().println("✔ no dead letters");
            return;
        }
        Instant now = clock.instant();
        Table table = new Table();
        table.add(List.of("ID", "AGE", "STAGE", "TOPIC", "KEY", "REASON"));
        for (DeadLetter letter : letters) {
            table.add(
                    List.of(
                            letter.id(),
                            Age.of(Duration.between(letter.at(), now)),
                            letter.stage(),
                            letter.topic(),
                            letter.key(),
                            letter.reason()));
        }
        table.lines().forEach(out::println);
    }

    private static ArrayNode json(List<DeadLetter> letters) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (DeadLetter letter : letters) {
            json.addObject()
                    .put("id", letter.id())
                    .put("at", letter.at().toString())
                    .put("stage", letter.stage())
                    .put("topic", letter.topic())
                    .put("place", letter.place())
                    .put("key", letter.key())
                    .put("reason", letter.reason());
        }
        return json;
    }
}
