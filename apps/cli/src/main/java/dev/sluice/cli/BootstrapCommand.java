package dev.sluice.cli;

import picocli.CommandLine.Command;

/** Brings a cluster to where it manages itself from Git. */
@Command(
        name = "bootstrap",
        mixinStandardHelpOptions = true,
        description = {
            "Commits the components and the sync point to a repository, applies them, and waits until the cluster manages itself from there.",
            "Doing it again changes nothing, or brings it up to date."
        },
        subcommands = {
            BootstrapGitCommand.class,
            BootstrapHostCommand.Github.class,
            BootstrapHostCommand.Gitlab.class,
            BootstrapHostCommand.Gitea.class
        })
final class BootstrapCommand {}
