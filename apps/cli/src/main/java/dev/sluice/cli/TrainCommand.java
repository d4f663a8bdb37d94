package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Walks through what the usual commands load, so that the launcher can make its ahead-of-time cache
 * from a run of this.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Main.execute("--help");
        Main.execute("get", "--help");
        return Main.execute("install", "--export");
    }
}
