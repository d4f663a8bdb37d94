package dev.sluice.kustomize.tree;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory for the time of one build, in which it does not change: what was once found at a path
 * is not asked for again. A path costs one look at its last segment, as long as no link is on the
 * way. Not thread safe.
 */
final class DirectoryView implements FileTree {

    /**
     * What is at a path.
     *
     * @param real the place on disk with all links followed; null where there is none
     * @param resolved the same as a path in the tree
     */
    private record Found(PathKind kind, @Nullable Path real, String resolved, long size) {
        static final Found MISSING = new Found(PathKind.MISSING, null, "", 0);
        static final Found REFUSED = new Found(PathKind.REFUSED, null, "", 0);
    }

    private final DirectoryTree tree;
    private final Path root;
    private final Map<String, Found> known = new HashMap<>();

    DirectoryView(DirectoryTree tree, Path root) {
        this.tree = tree;
        this.root = root;
        known.put("", new Found(PathKind.DIRECTORY, root, "", 0));
    }

    @Override
    public PathKind kind(String path) {
        return find(path).kind;
    }

    @Override
    public String resolve(String path) throws IOException {
        existing(path);
        return find(path).resolved;
    }

    @Override
    public byte[] read(String path) throws IOException {
        Path real = existing(path);
        if (find(path).kind != PathKind.FILE) {
            throw new AccessDeniedException(path, null, "not a regular file");
        }
        return Files.readAllBytes(real);
    }

    @Override
    public long size(String path) throws IOException {
        existing(path);
        return find(path).size;
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return tree.list(directory);
    }

    @Override
    public String location() {
        return tree.location();
    }

    private Path existing(String path) throws IOException {
        Found found = find(path);
        if (found.real == null) {
            throw found.kind == PathKind.MISSING
                    ? new NoSuchFileException(path)
                    : new AccessDeniedException(path, null, "outside the root of the tree");
        }
        return found.real;
    }

    private Found find(String path) {
        Found found = known.get(path);
        if (found == null) {
            String normal = TreePath.normalize(path);
            boolean bad = normal == null || path.indexOf('\0') >= 0 || path.startsWith("/");
            found = normal == null || bad ? Found.REFUSED : look(normal);
            known.put(path, found);
        }
        return found;
    }

    private Found look(String path) {
        if (path.isEmpty()) {
            return find("");
        }
        Found parent = find(TreePath.parent(path));
        if (parent.real == null || parent.kind != PathKind.DIRECTORY) {
            return parent.kind == PathKind.FILE ? Found.MISSING : parent;
        }
        String name = TreePath.name(path);
        try {
            Path place = parent.real.resolve(name);
            BasicFileAttributes attributes =
                    place.getFileSystem()
                            .provider()
                            .readAttributesIfExists(
                                    place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes == null) {
                return Found.MISSING;
            }
            if (attributes.isSymbolicLink()) {
                return follow(path);
            }
            String resolved = parent.resolved.isEmpty() ? name : parent.resolved + "/" + name;
            return new Found(kind(attributes), place, resolved, attributes.size());
        } catch (IOException | IllegalArgumentException e) {
            // A name too long, or one that this file system does not have.
            return Found.MISSING;
        }
    }

    private Found follow(String path) {
        PathKind kind = tree.kind(path);
        if (kind != PathKind.FILE && kind != PathKind.DIRECTORY) {
            return kind == PathKind.MISSING ? Found.MISSING : Found.REFUSED;
        }
        try {
            String resolved = tree.resolve(path);
            return new Found(kind, root.resolve(resolved), resolved, tree.size(path));
        } catch (IOException e) {
            return Found.REFUSED;
        }
    }

    private static PathKind kind(BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            return PathKind.DIRECTORY;
        }
        return attributes.isRegularFile() ? PathKind.FILE : PathKind.REFUSED;
    }
}
