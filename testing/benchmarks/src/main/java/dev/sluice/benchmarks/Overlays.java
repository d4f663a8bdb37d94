package dev.sluice.benchmarks;

import dev.sluice.kustomize.Kustomize;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.tree.DirectoryTree;
import dev.sluice.kustomize.tree.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kustomizations below a directory that can be built.
 *
 * @param directories absolute paths
 */
record Overlays(List<Path> directories) {

    /** Names the directory; by default the example of the project. */
    static final String PROPERTY = "sluice.benchmarks.overlays";

    static Overlays find() throws IOException {
        return below(Path.of(System.getProperty(PROPERTY, "examples")).toRealPath());
    }

    static Overlays below(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted().toList()) {
                if (String.valueOf(file.getFileName()).equals("kustomization.yaml")
                        && builds(file.getParent())) {
                    found.add(file.getParent());
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException("nothing below " + root + " can be built");
        }
        return new Overlays(found);
    }

    private static boolean builds(Path directory) throws IOException {
        try {
            build(new DirectoryTree(Path.of("/")), directory);
            return true;
        } catch (BuildException e) {
            return false;
        }
    }

    /** Builds one as the command line does. */
    static String build(FileTree files, Path directory) throws BuildException {
        return Kustomize.build(files, directory.toString().substring(1), BuildOptions.DEFAULT)
                .toYaml();
    }
}
