package dev.sluice.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that does not outlive this process: a small shell beside it waits for the end of its
 * standard input, which comes with our end, however we end, and then kills it.
 */
final class ChildProcess implements AutoCloseable {

    private static final String LEASH =
            "\"$@\" </dev/null & child=$!; trap 'kill -9 $child 2>/dev/null' EXIT; (wait_for=$child; cat >/dev/null; kill -9 $wait_for 2>/dev/null) <&3 & wait $child";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Process leash;

    private ChildProcess(Process leash) {
        this.leash = leash;
    }

    /**
     * Starts it.
     *
     * @param log file name in the directory, appended to
     */
    static ChildProcess start(List<String> command, Path directory, String log) {
        List<String> leashed = new ArrayList<>(List.of("sh", "-c", "exec 3<&0; " + LEASH, "leash"));
        leashed.addAll(command);
        try {
            return new ChildProcess(
                    new ProcessBuilder(leashed)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            directory.resolve(log).toFile()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return leash.isAlive();
    }

    @Override
    public void close() {
        try {
            leash.getOutputStream().close();
            if (!leash.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                leash.destroyForcibly();
            }
        } catch (IOException e) {
            leash.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
