package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What belongs to the secrets of a repository. */
@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        description = "Works on the encrypted files of a repository.",
        subcommands = {RotateCommand.class, PipelineKeysCommand.class})
final class SecretsCommand implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing, for example: secrets rotate --check");
    }
}
