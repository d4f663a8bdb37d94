package dev.sluice.testkit.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds the program of {@code testing/control-plane} with Go, once for each version of its
 * sources, into the user's cache directory. Two processes that want it at once build it once.
 */
final class ProgramBuild {

    private static final String KUBERNETES = "v1.36.1";
    private static final List<String> SOURCES = List.of("main.go", "go.mod", "go.sum");

    private final Consumer<String> progress;

    ProgramBuild(Consumer<String> progress) {
        this.progress = progress;
    }

    /** The program; null where its sources or Go are not there. */
    @Nullable Path findOrBuild() throws ControlPlaneException {
        Path sources = sources();
        if (sources == null) {
            return null;
        }
        try {
            Path folder = cache("control-plane").resolve(digest(sources));
            Path program = folder.resolve("control-plane");
            if (Files.isExecutable(program)) {
                return program;
            }
            if (!hasGo()) {
                return null;
            }
            Files.createDirectories(folder);
            try (FileChannel channel =
                            FileChannel.open(
                                    folder.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.isExecutable(program)) {
                    build(sources, program);
                }
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void build(Path sources, Path program) throws IOException, ControlPlaneException {
        progress.accept("building a kube-apiserver with Go, once; some minutes on two cores");
        Path part = program.resolveSibling("control-plane.part");
        Process process =
                new ProcessBuilder(
                                "go",
                                "build",
                                "-v",
                                "-o",
                                part.toString(),
                                "-ldflags=-s -w -X k8s.io/component-base/version.gitVersion="
                                        + KUBERNETES,
                                ".")
                        .directory(sources.toFile())
                        .redirectErrorStream(true)
                        .start();
        int packages = 0;
        String last = "";
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
                if (++packages % 200 == 0) {
                    progress.accept(packages + " packages fetched or compiled");
                }
            }
            if (process.waitFor() != 0) {
                throw new ControlPlaneException(
                        "go build of testing/control-plane failed: " + last);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new ControlPlaneException("interrupted while building the control plane");
        }
        Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean hasGo() {
        try {
            Process process =
                    new ProcessBuilder("go", "version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The sources lie in the project's tree, whose root the launcher and the build name. */
    private static @Nullable Path sources() {
        String root = System.getProperty("sluice.root");
        if (root == null) {
            return null;
        }
        Path sources = Path.of(root, "testing", "control-plane");
        return Files.isRegularFile(sources.resolve("main.go")) ? sources : null;
    }

    static Path cache(String name) {
        String home = System.getenv("XDG_CACHE_HOME");
        Path base =
                home == null || home.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(home);
        return base.resolve("sluice").resolve(name);
    }

    private static String digest(Path sources) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : SOURCES) {
                digest.update(Files.readAllBytes(sources.resolve(name)));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
