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
        version = "sluice " + Main.VERSION,
        description = "GitOps for fleets of Kubernetes clusters, as an event stream.",
        footer = {"", "Also: sluice up (runs the pipeline), sluice demo (shows it)."})
public final class Main implements Runnable {

    static final String VERSION = "0.1.0";

    Main() {}

    /** Exit codes: 0 done, 1 failed with a message on standard error, 2 wrong use. */
    public static void main(String[] args) {
        // Libraries log, a command does not: that nobody listens is meant.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(execute(args));
    }

    static int execute(String... args) {
        String[] ordered = Commands.inOrder(args);
        return commandLine(ordered).execute(ordered);
    }

    /** A command line that takes these arguments. */
    static CommandLine commandLine(String... args) {
        return Commands.of(args).setExecutionExceptionHandler(Main::explain);
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
        Commands.all().usage(System.out);
    }
}
