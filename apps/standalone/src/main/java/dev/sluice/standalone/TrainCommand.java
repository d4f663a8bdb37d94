package dev.sluice.standalone;

import dev.sluice.standalone.bench.Rehearsal;
import dev.sluice.standalone.demo.Performance;
import dev.sluice.standalone.demo.Screen;
import dev.sluice.standalone.demo.ShowException;
import dev.sluice.standalone.rehearsal.RehearsalCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Does the pipeline's usual work once, on a cluster in memory, and ends: the launcher makes its
 * ahead-of-time cache from such a run.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR",
            description = "Data directory of the run; whoever made it removes it.")
    Path data = Path.of(".");

    @Override
    public Integer call() throws Exception {
        try (RehearsalCluster cluster = new RehearsalCluster(data)) {
            Rehearsal rehearsal = new Rehearsal(cluster, data);
            return new Performance("rehearsal", true)
                    .run(
                            Settings.temporary(cluster.access(), "train", data)
                                    .withLedger("embedded"),
                            Screen.terminal(),
                            () -> play(rehearsal));
        }
    }

    private static int play(Rehearsal rehearsal) {
        try {
            rehearsal.run();
            return 0;
        } catch (IOException | ShowException | RuntimeException e) {
            System.err.println("the rehearsal ends early: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }
}
