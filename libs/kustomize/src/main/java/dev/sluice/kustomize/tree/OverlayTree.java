package dev.sluice.kustomize.tree;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Some files put over another tree: each replaces the file of that path below or is added. A file
 * below that lies behind a symbolic link is replaced under its resolved path too, so that every way
 * to it shows the new content.
 */
public final class OverlayTree implements FileTree {

    private final FileTree below;
    private final MemoryTree above;

    /**
     * @param files content by normalized path
     * @throws IllegalArgumentException where a path is not normalized
     */
    public OverlayTree(FileTree below, Map<String, byte[]> files) {
        this.below = below;
        this.above = new MemoryTree(files);
    }

    private OverlayTree(FileTree below, MemoryTree above) {
        this.below = below;
        this.above = above;
    }

    @Override
    public PathKind kind(String path) {
        if (replaced(path)) {
            return PathKind.FILE;
        }
        PathKind kind = below.kind(path);
        return kind == PathKind.MISSING ? above.kind(path) : kind;
    }

    @Override
    public String resolve(String path) throws IOException {
        if (below.kind(path) == PathKind.MISSING) {
            return above.resolve(path);
        }
        return below.resolve(path);
    }

    @Override
    public byte[] read(String path) throws IOException {
        return replaced(path) ? above.read(replacement(path)) : below.read(path);
    }

    @Override
    public String digest(String path) throws IOException {
        return replaced(path) ? above.digest(replacement(path)) : below.digest(path);
    }

    @Override
    public long size(String path) throws IOException {
        return replaced(path) ? above.size(replacement(path)) : below.size(path);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        if (above.kind(directory) == PathKind.DIRECTORY) {
            names.addAll(above.list(directory));
        }
        if (names.isEmpty() || below.kind(directory) == PathKind.DIRECTORY) {
            names.addAll(below.list(directory));
        }
        return List.copyOf(names);
    }

    @Override
    public FileTree forOneBuild() {
        return new OverlayTree(below.forOneBuild(), above);
    }

    @Override
    public String location() {
        return below.location();
    }

    private boolean replaced(String path) {
        return above.kind(replacement(path)) == PathKind.FILE;
    }

    private String replacement(String path) {
        if (above.kind(path) == PathKind.FILE) {
            return path;
        }
        PathKind kind = below.kind(path);
        if (kind != PathKind.FILE) {
            return path;
        }
        try {
            return below.resolve(path);
        } catch (IOException e) {
            return path;
        }
    }
}
