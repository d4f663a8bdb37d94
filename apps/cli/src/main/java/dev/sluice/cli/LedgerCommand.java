package dev.sluice.cli;

import dev.sluice.database.LedgerDump;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What belongs to the ledger as such. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Looks after the ledger.",
        subcommands = {LedgerCommand.Dump.class})
final class LedgerCommand implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing, for example: ledger dump");
    }

    /** Prints all of it. */
    @Command(
            name = "dump",
            mixinStandardHelpOptions = true,
            description =
                    "Prints all that the ledger tells; two ledgers of the same events print the same.")
    static final class Dump implements Callable<Integer> {

        @Mixin private LogOptions log = new LogOptions();

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws CommandFailure {
            if (log.kafka() != null) {
                throw new CommandFailure(
                        "A broker holds no ledger: name it by --ledger URL, or by --data the directory of the sluice up that runs it.",
                        2);
            }
            try {
                PrintWriter out = spec.commandLine().getOut();
                LedgerDump.write(log.ledger(), out);
                return 0;
            } catch (IOException e) {
                throw new CommandFailure(String.valueOf(e.getMessage()));
            }
        }
    }
}
