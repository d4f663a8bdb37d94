package dev.sluice.cli.bootstrap;

import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.MemoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The folder {@code deploy/} as it was when this program was built: it is packed beside it. */
public final class DeployFiles {

    private static final String ROOT = "/dev/sluice/cli/deploy";

    private DeployFiles() {}

    /** All files, with {@code deploy/} as the root. */
    public static FileTree tree() {
        URL root =
                Objects.requireNonNull(
                        DeployFiles.class.getResource(ROOT + "/README.md"),
                        "deploy/ is not packed beside the program");
        try {
            URI uri = root.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Objects.requireNonNull(Path.of(uri).getParent()));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath(ROOT));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTree read(Path folder) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.filter(Files::isRegularFile).toList();
        }
        for (Path path : paths) {
            files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
        }
        return new MemoryTree(files);
    }
}
