package dev.sluice.standalone;

import dev.sluice.standalone.bench.BenchCommand;
import dev.sluice.standalone.demo.DemoCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of the process that runs the pipeline. */
@QuarkusMain
@Command(
        name = "sluice",
        subcommands = {UpCommand.class, DemoCommand.class, BenchCommand.class, TrainCommand.class},
        description = "GitOps for fleets of Kubernetes clusters, as an event stream.")
public final class Main {

    private Main() {}

    /** Exit codes: 0 done, 1 failed, 2 wrong use or configuration. */
    public static void main(String[] args) {
        int code =
                new CommandLine(Main.class)
                        .setExecutionExceptionHandler(Main::explain)
                        .execute(args);
        System.exit(code);
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (e instanceof ConfigurationException wrong) {
            command.getErr().println("sluice: " + wrong.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        throw e;
    }
}
