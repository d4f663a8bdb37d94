package dev.sluice.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code sluice} process, started by the launcher as a user starts it. */
final class SluiceProcess implements AutoCloseable {

    static final Path ROOT = Path.of(System.getProperty("sluice.root"));
    private static final Pattern READY = Pattern.compile("sluice is ready: .* kafka ([^,]+),.*");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> brokers = new CompletableFuture<>();

    private SluiceProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    static SluiceProcess start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("sluice").toString()));
        command.addAll(List.of(arguments));
        try {
            return new SluiceProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the ready line. */
    SluiceProcess awaitReady() {
        try {
            brokers.get(120, TimeUnit.SECONDS);
            return this;
        } catch (Exception e) {
            throw new AssertionError(
                    "sluice did not become ready:\n" + String.join("\n", output), e);
        }
    }

    /** The address of its Kafka. */
    String brokers() {
        return brokers.join();
    }

    /** All lines that it has printed. */
    List<String> output() {
        return List.copyOf(output);
    }

    /** Waits for its end by itself; the exit code. */
    int await(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                close();
                throw new AssertionError("sluice did not end:\n" + String.join("\n", output));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    void kill() {
        process.destroyForcibly();
        await(30);
    }

    /** SIGTERM, then its exit code. */
    int stop() {
        process.destroy();
        return await(30);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    brokers.complete(ready.group(1));
                }
            }
            brokers.completeExceptionally(new IOException("sluice ended"));
        } catch (IOException e) {
            brokers.completeExceptionally(e);
        }
    }
}
