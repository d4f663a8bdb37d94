package dev.sluice.artifacts;

import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An artifact's files, read from the store one by one and checked against their digests. Kinds,
 * listings, sizes and digests are answered from the manifest without reading a file. Safe for use
 * by many threads; it never changes.
 */
final class ArtifactTree implements FileTree {

    private final ArtifactStore store;
    private final ArtifactManifest manifest;
    private final Map<String, ArtifactManifest.File> files = new HashMap<>();
    private final Map<String, List<String>> directories = new HashMap<>();

    ArtifactTree(ArtifactStore store, ArtifactManifest manifest) {
        this.store = store;
        this.manifest = manifest;
        Map<String, Set<String>> names = new HashMap<>();
        names.put("", new TreeSet<>());
        manifest.directories().forEach(path -> addDirectory(path, names));
        for (ArtifactManifest.File file : manifest.files()) {
            files.put(file.path(), file);
            addDirectory(parent(file.path()), names).add(name(file.path()));
        }
        names.forEach((path, children) -> directories.put(path, List.copyOf(children)));
    }

    @Override
    public PathKind kind(String path) {
        String normal = normal(path);
        if (normal == null) {
            return PathKind.REFUSED;
        }
        if (files.containsKey(normal)) {
            return PathKind.FILE;
        }
        return directories.containsKey(normal) ? PathKind.DIRECTORY : PathKind.MISSING;
    }

    @Override
    public String resolve(String path) throws IOException {
        String normal = normal(path);
        if (normal == null) {
            throw new AccessDeniedException(path, null, "outside the root of the artifact");
        }
        if (!files.containsKey(normal) && !directories.containsKey(normal)) {
            throw new NoSuchFileException(path);
        }
        return normal;
    }

    @Override
    public byte[] read(String path) throws IOException {
        return store.read(manifest, file(path));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = directories.get(resolve(directory));
        if (names == null) {
            throw new NotDirectoryException(directory);
        }
        return names;
    }

    @Override
    public String digest(String path) throws IOException {
        return file(path).digest().hex();
    }

    @Override
    public long size(String path) throws IOException {
        return file(path).size();
    }

    private ArtifactManifest.File file(String path) throws IOException {
        ArtifactManifest.File file = files.get(resolve(path));
        if (file == null) {
            throw new AccessDeniedException(path, null, "not a regular file");
        }
        return file;
    }

    /** The names in a directory, which is entered in those above it where it is new. */
    private static Set<String> addDirectory(String path, Map<String, Set<String>> names) {
        Set<String> known = names.get(path);
        if (known != null) {
            return known;
        }
        addDirectory(parent(path), names).add(name(path));
        Set<String> fresh = new TreeSet<>();
        names.put(path, fresh);
        return fresh;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /**
     * Without {@code .}, {@code ..} and doubled slashes; null where the path climbs above the root
     * or starts at another one.
     */
    private static @Nullable String normal(String path) {
        if (path.startsWith("/")) {
            return null;
        }
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                if (kept.pollLast() == null) {
                    return null;
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        return String.join("/", kept);
    }
}
