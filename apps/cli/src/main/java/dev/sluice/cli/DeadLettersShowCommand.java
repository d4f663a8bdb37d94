package dev.sluice.cli;

import dev.sluice.cli.letters.DeadLetter;
import dev.sluice.cli.letters.DeadLetterBox;
import dev.sluice.cli.letters.LetterException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice dead-letters show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a record that a stage could not read, whole.")
final class DeadLettersShowCommand implements Callable<Integer> {

    private static final int LONGEST = 64 * 1024;

    @Mixin private final BrokerOptions broker = new BrokerOptions();
    @Mixin private final PatienceOptions patience = new PatienceOptions();

    @Spec private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "Which, as dead-letters list names it.")
    private String id = "";

    @Override
    public Integer call() throws CommandFailure {
        try {
            DeadLetter letter = find(new DeadLetterBox(broker.address(), patience.timeout()), id);
            PrintWriter out = command.commandLine().getOut();
            out.println("Letter:   " + letter.id() + " at " + letter.at());
            out.println("Stage:    " + letter.stage());
            out.println("Record:   " + letter.topic() + ' ' + letter.place());
            out.println("Key:      " + shown(letter.key()));
            out.println("Reason:   " + shown(letter.reason()));
            out.println("Headers:");
            for (Header header : letter.record().headers()) {
                if (!header.key().startsWith("dead-letter-") && header.value() != null) {
                    String value = new String(header.value(), StandardCharsets.UTF_8);
                    out.println("  " + header.key() + ": " + shown(value));
                }
            }
            out.println("Value:");
            byte[] value = letter.record().value();
            out.println(
                    value == null ? "(none)" : shown(new String(value, StandardCharsets.UTF_8)));
            out.flush();
            return 0;
        } catch (LetterException e) {
            throw new CommandFailure("✗ " + e.getMessage());
        }
    }

    static DeadLetter find(DeadLetterBox box, String id) throws LetterException, CommandFailure {
        return box.list(true).stream()
                .filter(letter -> letter.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("✗ there is no dead letter '" + id + "'"));
    }

    /** What could not be read may hold anything, also what acts on a terminal. */
    private static String shown(String text) {
        String part = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
        return part.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "\ufffd");
    }
}
