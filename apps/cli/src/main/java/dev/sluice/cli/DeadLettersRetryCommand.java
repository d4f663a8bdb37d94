package dev.sluice.cli;

import dev.sluice.cli.letters.DeadLetter;
import dev.sluice.cli.letters.DeadLetterBox;
import dev.sluice.cli.letters.LetterException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice dead-letters retry}. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description =
                "Puts records back to the topics that they came from, once the cause is mended.")
final class DeadLettersRetryCommand implements Callable<Integer> {

    @Mixin private final BrokerOptions broker = new BrokerOptions();
    @Mixin private final PatienceOptions patience = new PatienceOptions();

    @Spec private CommandSpec command = CommandSpec.create();

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Which, as dead-letters list names them.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All that nobody has put back yet.")
    private boolean all;

    @Override
    public Integer call() throws CommandFailure {
        if (all != ids.isEmpty()) {
            throw new CommandFailure("Name the letters, or say --all.", 2);
        }
        PrintWriter err = command.commandLine().getErr();
        try {
            DeadLetterBox box = new DeadLetterBox(broker.address(), patience.timeout());
            List<DeadLetter> letters = new ArrayList<>(all ? box.list(false) : List.of());
            for (String id : ids) {
                letters.add(DeadLettersShowCommand.find(box, id));
            }
            for (DeadLetter letter : letters) {
                box.retry(letter);
                err.println("✔ " + letter.id() + " put back to " + letter.topic());
            }
            err.flush();
            return 0;
        } catch (LetterException e) {
            throw new CommandFailure("✗ " + e.getMessage());
        }
    }
}
