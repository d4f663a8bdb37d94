package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice trigger}: calls what others would call. */
@Command(
        name = "trigger",
        mixinStandardHelpOptions = true,
        description = "Calls what others would call.",
        subcommands = {TriggerReceiverCommand.class})
final class TriggerCommand implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing, for example: trigger receiver NAME");
    }
}
