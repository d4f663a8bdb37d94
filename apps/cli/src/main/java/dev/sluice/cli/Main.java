package dev.sluice.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line. Each command is a class of its own; {@code up} and {@code demo} belong to the
 * standalone process.
 */
@Command(
        name = "sluice",
        mixinStandardHelpOptions = true,
        version = "sluice 0.1.0",
        description = "GitOps for fleets of Kubernetes clusters, as an event stream.",
        footer = {"", "Also: sluice up (runs the pipeline), sluice demo (shows it)."},
        subcommands = {
            InstallCommand.class,
            BootstrapCommand.class,
            CreateCommand.class,
            FleetCommand.class,
            BuildCommand.class,
            GetCommand.class,
            TreeCommand.class,
            EventsCommand.class,
            ReconcileCommand.class,
            SuspendCommand.class,
            ResumeCommand.class,
            DecryptCommand.class,
            EncryptCommand.class,
            SecretsCommand.class,
            TriggerCommand.class,
            TrainCommand.class
        })
public final class Main implements Runnable {

    private Main() {}

    /** Exit codes: 0 done, 1 failed with a message on standard error, 2 wrong use. */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
    }

    /**
     * A failure that a command foresaw has a message for its user; anything else is a bug and shows
     * where it was.
     */
    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (e instanceof CommandFailure failure) {
            PrintWriter err = command.getErr();
            err.println(failure.getMessage());
            err.flush();
            return failure.exitCode();
        }
        throw e;
    }

    @Override
    public void run() {
        new CommandLine(new Main()).usage(System.out);
    }
}
