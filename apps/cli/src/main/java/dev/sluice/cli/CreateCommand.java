package dev.sluice.cli;

import picocli.CommandLine.Command;

/** Makes objects that would be tedious to write. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Makes objects that would be tedious to write.",
        subcommands = CreateTenantCommand.class)
final class CreateCommand {}
