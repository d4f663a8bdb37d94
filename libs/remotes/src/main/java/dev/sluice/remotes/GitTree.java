package dev.sluice.remotes;

import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The files of a commit. Symbolic links and submodules are refused. */
final class GitTree implements FileTree {

    private final Repository repository;
    private final ObjectId tree;

    GitTree(Repository repository, ObjectId tree) {
        this.repository = repository;
        this.tree = tree;
    }

    @Override
    public PathKind kind(String path) {
        if (path.isEmpty()) {
            return PathKind.DIRECTORY;
        }
        try (TreeWalk walk = find(path)) {
            return walk == null ? PathKind.MISSING : kind(walk.getFileMode());
        } catch (IOException | IllegalArgumentException e) {
            return PathKind.REFUSED;
        }
    }

    private static PathKind kind(FileMode mode) {
        if (mode.equals(FileMode.TREE)) {
            return PathKind.DIRECTORY;
        }
        boolean file = mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
        return file ? PathKind.FILE : PathKind.REFUSED;
    }

    private @Nullable TreeWalk find(String path) throws IOException {
        return TreeWalk.forPath(repository, path, tree);
    }

    @Override
    public String resolve(String path) throws IOException {
        switch (kind(path)) {
            case MISSING -> throw new NoSuchFileException(path);
            case REFUSED -> throw new AccessDeniedException(path, null, "a link, or no path");
            case FILE, DIRECTORY -> {}
        }
        return path;
    }

    @Override
    public byte[] read(String path) throws IOException {
        resolve(path);
        try (TreeWalk walk = find(path);
                ObjectReader reader = repository.newObjectReader()) {
            if (walk == null || kind(walk.getFileMode()) != PathKind.FILE) {
                throw new NoSuchFileException(path);
            }
            return reader.open(walk.getObjectId(0)).getBytes();
        }
    }

    @Override
    public long size(String path) throws IOException {
        try (TreeWalk walk = find(path);
                ObjectReader reader = repository.newObjectReader()) {
            if (walk == null) {
                throw new NoSuchFileException(path);
            }
            return reader.getObjectSize(walk.getObjectId(0), ObjectReader.OBJ_ANY);
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(directory.isEmpty() ? tree : idOf(directory));
            while (walk.next()) {
                if (kind(walk.getFileMode()) != PathKind.REFUSED) {
                    names.add(walk.getNameString());
                }
            }
        }
        Collections.sort(names);
        return names;
    }

    private ObjectId idOf(String directory) throws IOException {
        try (TreeWalk walk = find(directory)) {
            if (walk == null) {
                throw new NoSuchFileException(directory);
            }
            return walk.getObjectId(0);
        }
    }
}
