package dev.sluice.kustomize.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Files held in memory: what a tar archive held, or what a test wrote. Directories are there
 * because files are in them.
 */
public final class MemoryTree implements FileTree {

    private final Map<String, byte[]> files;
    private final Map<String, TreeSet<String>> directories = new TreeMap<>();

    /**
     * @param files content by path; the arrays are not copied
     * @throws IllegalArgumentException where a path is not normalized, climbs, or is the parent of
     *     another file
     */
    public MemoryTree(Map<String, byte[]> files) {
        this.files = Map.copyOf(files);
        directories.put("", new TreeSet<>());
        for (String path : files.keySet()) {
            if (path.isEmpty() || !path.equals(TreePath.normalize(path))) {
                throw new IllegalArgumentException("not a path of a file in a tree: " + path);
            }
            for (String child = path; !child.isEmpty(); child = TreePath.parent(child)) {
                directories
                        .computeIfAbsent(TreePath.parent(child), name -> new TreeSet<>())
                        .add(TreePath.name(child));
            }
        }
        for (String path : files.keySet()) {
            if (directories.containsKey(path)) {
                throw new IllegalArgumentException("both a file and a directory: " + path);
            }
        }
    }

    /** A tree of text files. */
    public static MemoryTree ofText(Map<String, String> files) {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return new MemoryTree(bytes);
    }

    @Override
    public PathKind kind(String path) {
        @Nullable String normal = TreePath.normalize(path);
        if (normal == null || path.startsWith("/")) {
            return PathKind.REFUSED;
        }
        if (files.containsKey(normal)) {
            return PathKind.FILE;
        }
        return directories.containsKey(normal) ? PathKind.DIRECTORY : PathKind.MISSING;
    }

    @Override
    public String resolve(String path) throws IOException {
        @Nullable String normal = TreePath.normalize(path);
        if (normal == null || path.startsWith("/")) {
            throw new AccessDeniedException(path, null, "outside the root of the tree");
        }
        if (!files.containsKey(normal) && !directories.containsKey(normal)) {
            throw new NoSuchFileException(path);
        }
        return normal;
    }

    @Override
    public byte[] read(String path) throws IOException {
        byte[] content = files.get(resolve(path));
        if (content == null) {
            throw new AccessDeniedException(path, null, "not a regular file");
        }
        return content.clone();
    }

    @Override
    public List<String> list(String directory) throws IOException {
        @Nullable TreeSet<String> names = directories.get(resolve(directory));
        if (names == null) {
            throw new NotDirectoryException(directory);
        }
        return List.copyOf(names);
    }
}
