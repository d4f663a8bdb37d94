package dev.sluice.standalone.demo;

import dev.sluice.standalone.ConfigurationException;
import dev.sluice.standalone.Settings;
import dev.sluice.standalone.StandaloneProcess;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * The pipeline with something that plays beside it, on a thread of its own, once it is ready.
 *
 * @param name of the thread
 * @param ends whether the pipeline ends with the play, or only where that fails
 */
public record Performance(String name, boolean ends) {

    /**
     * Returns when the pipeline has ended.
     *
     * @param play its exit code counts where it is not 0
     */
    public int run(Settings settings, Screen screen, IntSupplier play)
            throws ConfigurationException, IOException {
        // What plays tells of every event itself.
        System.setProperty("quarkus.log.category.\"dev.sluice\".level", "WARN");
        Files.createDirectories(settings.data());
        AtomicInteger outcome = new AtomicInteger();
        int exit =
                new StandaloneProcess(
                                settings,
                                ready -> {
                                    screen.good(ready);
                                    Thread.ofPlatform()
                                            .daemon()
                                            .name(name)
                                            .start(() -> play(play, outcome));
                                })
                        .run();
        return outcome.get() == 0 ? exit : outcome.get();
    }

    private void play(IntSupplier play, AtomicInteger outcome) {
        int code = play.getAsInt();
        outcome.set(code);
        if (ends || code != 0) {
            Quarkus.asyncExit(code);
        }
    }
}
