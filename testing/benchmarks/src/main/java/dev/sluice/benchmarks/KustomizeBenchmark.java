package dev.sluice.benchmarks;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.tree.DirectoryTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Builds one overlay after the other; an operation is one build. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 4, time = 5)
@State(Scope.Benchmark)
public class KustomizeBenchmark {

    private final AtomicInteger next = new AtomicInteger();
    private Overlays overlays = new Overlays(java.util.List.of());

    @Setup
    public void find() throws IOException {
        overlays = Overlays.find();
    }

    @Benchmark
    public String build() throws IOException, BuildException {
        int turn = Math.floorMod(next.getAndIncrement(), overlays.directories().size());
        return Overlays.build(new DirectoryTree(Path.of("/")), overlays.directories().get(turn));
    }
}
