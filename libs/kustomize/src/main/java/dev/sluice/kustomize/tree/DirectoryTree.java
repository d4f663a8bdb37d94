package dev.sluice.kustomize.tree;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a directory on disk. It never reads outside that directory: a path that climbs above
 * it is refused, and so is a symbolic link whose target lies outside, whatever it is called.
 */
public final class DirectoryTree implements FileTree {

    private final Path root;
    private final String location;

    /**
     * @param root an existing directory; links in this path itself are followed
     * @throws IOException where it is not there or cannot be read
     */
    public DirectoryTree(Path root) throws IOException {
        this.root = root.toRealPath();
        String text = this.root.toString();
        this.location = text.equals("/") ? "" : text;
    }

    @Override
    public PathKind kind(String path) {
        try {
            Path real = real(path);
            if (Files.isDirectory(real)) {
                return PathKind.DIRECTORY;
            }
            return Files.isRegularFile(real) ? PathKind.FILE : PathKind.REFUSED;
        } catch (NoSuchFileException e) {
            return PathKind.MISSING;
        } catch (IOException e) {
            return PathKind.REFUSED;
        }
    }

    @Override
    public String resolve(String path) throws IOException {
        return treePath(real(path));
    }

    @Override
    public byte[] read(String path) throws IOException {
        Path real = real(path);
        if (!Files.isRegularFile(real)) {
            // A device or a named pipe could block for ever.
            throw new AccessDeniedException(path, null, "not a regular file");
        }
        return Files.readAllBytes(real);
    }

    @Override
    public long size(String path) throws IOException {
        return Files.size(real(path));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        String prefix = directory.isEmpty() ? "" : directory + "/";
        try (Stream<Path> entries = Files.list(real(directory))) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = String.valueOf(entry.getFileName());
                if (!Files.isSymbolicLink(entry) || kind(prefix + name) != PathKind.REFUSED) {
                    names.add(name);
                }
            }
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public FileTree forOneBuild() {
        return new DirectoryView(this, root);
    }

    private Path real(String path) throws IOException {
        @Nullable String normal = TreePath.normalize(path);
        if (normal == null || path.indexOf('\0') >= 0 || path.startsWith("/")) {
            throw new AccessDeniedException(path, null, "outside the root of the tree");
        }
        Path real;
        try {
            real = root.resolve(normal).toRealPath();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            // A path below a file, a loop of links, a name too long: nothing that could be read is
            // there.
            throw new NoSuchFileException(path);
        }
        if (!real.startsWith(root)) {
            throw new AccessDeniedException(
                    path, null, "a symbolic link leads outside the root of the tree");
        }
        return real;
    }

    private String treePath(Path real) {
        return root.relativize(real).toString();
    }
}
