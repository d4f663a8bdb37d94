package dev.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What would change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Shows what local files would change in the cluster.",
        subcommands = {DiffKustomizationCommand.class})
final class DiffCommand implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a kind is missing: diff kustomization NAME --path DIR");
    }
}
