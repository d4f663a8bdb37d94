package dev.sluice.helm.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the worker's program is: what {@code SLUICE_HELM_WORKER} names, or what the build put into
 * the user's cache directory for these sources ({@code native/helm-worker/build.sh}).
 */
public final class WorkerProgram {

    /** Names the program. */
    public static final String VARIABLE = "SLUICE_HELM_WORKER";

    private static final String NOTHING =
            "there is no Helm worker: build Sluice where Go is present, or name the program in "
                    + VARIABLE;

    private WorkerProgram() {}

    /**
     * The program.
     *
     * @param named value of {@link #VARIABLE}, where it is set
     * @param root of the project's tree, where it is known
     * @throws WorkerException of kind {@code MISSING}, which tells what to do
     */
    public static Path find(Optional<String> named, Optional<Path> root) throws WorkerException {
        if (named.isPresent() && !named.get().isBlank()) {
            Path program = Path.of(named.get());
            if (Files.isExecutable(program)) {
                return program;
            }
            throw new WorkerException(
                    WorkerException.Kind.MISSING,
                    VARIABLE + " names " + program + ", which is no program");
        }
        return root.map(tree -> tree.resolve("native").resolve("helm-worker"))
                .filter(Files::isDirectory)
                .map(WorkerProgram::built)
                .filter(Files::isExecutable)
                .orElseThrow(() -> new WorkerException(WorkerException.Kind.MISSING, NOTHING));
    }

    private static Path built(Path sources) {
        String home = System.getenv("XDG_CACHE_HOME");
        Path cache =
                home == null || home.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(home);
        return cache.resolve("sluice")
                .resolve("helm-worker")
                .resolve(digest(sources))
                .resolve("helm-worker");
    }

    /** As the build makes it: of the sources one after the other, in the order of their names. */
    private static String digest(Path sources) {
        try (Stream<Path> files = Files.list(sources)) {
            List<Path> sorted =
                    files.filter(file ->
                                    file.toString().endsWith(".go")
                                            || file.endsWith("go.mod")
                                            || file.endsWith("go.sum"))
                            .sorted()
                            .toList();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : sorted) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
