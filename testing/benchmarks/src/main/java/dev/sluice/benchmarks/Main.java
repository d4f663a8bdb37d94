package dev.sluice.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.tree.DirectoryTree;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Builds every overlay again and again and tells builds a second, CPU and bytes for each, by one
 * thread and by two; then lets the real one do the same, where {@code KUSTOMIZE_BENCH} names a
 * program that does it.
 */
public final class Main {

    private static final String REFERENCE = "KUSTOMIZE_BENCH";
    private static final long SECONDS = Long.getLong("sluice.benchmarks.seconds", 15);

    private final PrintStream out;
    private final Overlays overlays;

    private Main(PrintStream out, Overlays overlays) {
        this.out = out;
        this.overlays = overlays;
    }

    /** What some threads did in a time. */
    private record Work(long builds, long nanos, long cpuNanos, long bytes) {

        double perSecond() {
            return builds * 1e9 / nanos;
        }

        String show() {
            return "%.0f builds/s, %.3f ms of CPU and %d KiB allocated for each"
                    .formatted(perSecond(), cpuNanos / 1e6 / builds, bytes / builds / 1024);
        }
    }

    public static void main(String[] args)
            throws IOException, InterruptedException, ExecutionException {
        new Main(System.out, Overlays.find()).run();
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        out.println(overlays.directories().size() + " kustomizations");
        measure(1);
        Work one = measure(1);
        out.println("this engine, one thread:  " + one.show());
        Work two = measure(2);
        out.printf(
                "this engine, two threads: %s (%.2f times one)%n",
                two.show(), two.perSecond() / one.perSecond());
        String reference = System.getenv(REFERENCE);
        if (reference == null) {
            out.println("kustomize: not measured; name its program in " + REFERENCE);
            return;
        }
        List<String> command = new ArrayList<>(List.of(reference));
        overlays.directories().forEach(directory -> command.add(directory.toString()));
        out.print("kustomize's library:      ");
        out.flush();
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private Work measure(int threads) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long started = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long builds = 0;
        long bytes = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> buildUntil(end)));
            }
            for (Future<long[]> each : running) {
                builds += each.get()[0];
                bytes += each.get()[1];
            }
        }
        return new Work(
                builds, System.nanoTime() - started, system.getProcessCpuTime() - cpu, bytes);
    }

    private long[] buildUntil(long end) throws IOException, BuildException {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        long builds = 0;
        while (System.nanoTime() < end) {
            for (Path directory : overlays.directories()) {
                Overlays.build(new DirectoryTree(Path.of("/")), directory);
                builds++;
            }
        }
        return new long[] {builds, thread.getCurrentThreadAllocatedBytes() - before};
    }
}
