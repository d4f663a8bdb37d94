package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Questions to the log. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Tells what happened, and whether the log is as it was written.",
        subcommands = {
            AuditLogCommand.class,
            AuditShowCommand.class,
            AuditAtCommand.class,
            AuditDiffCommand.class,
            AuditVerifyCommand.class
        })
final class AuditCommand implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing, for example: audit verify");
    }
}
