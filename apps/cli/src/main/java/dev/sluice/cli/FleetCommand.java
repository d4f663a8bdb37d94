package dev.sluice.cli;

import picocli.CommandLine.Command;

/** The clusters of a fleet together. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description =
                "What the clusters of a fleet are at, and what a commit would change on them.",
        subcommands = {
            FleetStatusCommand.class,
            FleetPreviewCommand.class,
            FleetKnowledgeCommand.class
        })
final class FleetCommand {}
