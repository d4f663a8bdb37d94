package dev.sluice.fetcher.git;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.fetcher.tree.WorkTree;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Reads a commit's tree straight from the repository's objects. Symbolic links are left out, as
 * Flux leaves them out; the place of a submodule is an empty directory.
 */
public final class Checkout {

    /** A tree can name the same content over and over, and so be endless for those who walk it. */
    private static final int MAX_ENTRIES = 2_000_000;

    private final Repository repository;
    private final ArtifactLimits limits;
    private final Set<String> directories = new TreeSet<>();
    private final Set<String> found = new HashSet<>();

    private Checkout(Repository repository, List<String> sparse, ArtifactLimits limits) {
        this.repository = repository;
        this.limits = limits;
        sparse.forEach(directory -> directories.add(WorkTree.clamped(directory)));
        // The root is everything.
        if (directories.contains("")) {
            directories.clear();
        }
    }

    /**
     * Reads the tree. Contents are read later, so the commit must stay open until then.
     *
     * @param sparse {@code spec.sparseCheckout}: only what lies in these directories, not even the
     *     files of the root; empty for all
     */
    public static WorkTree of(FetchedCommit commit, List<String> sparse, ArtifactLimits limits)
            throws IOException, GitFailure, ArtifactRefusedException {
        Checkout checkout = new Checkout(commit.repository(), sparse, limits);
        WorkTree tree = checkout.read(commit);
        for (String directory : checkout.directories) {
            if (!checkout.found.contains(directory)) {
                throw GitFailure.operation(
                        "spec.sparseCheckout names '%s', which is no directory of the commit"
                                .formatted(directory));
            }
        }
        return tree;
    }

    private WorkTree read(FetchedCommit commit) throws IOException, ArtifactRefusedException {
        WorkTree tree = new WorkTree();
        int seen = 0;
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(commit.commit().getTree());
            while (walk.next()) {
                if (++seen > MAX_ENTRIES || walk.getDepth() > limits.depth()) {
                    throw new ArtifactRefusedException(
                            "the commit's tree has more than %d entries or is deeper than %d directories"
                                    .formatted(MAX_ENTRIES, limits.depth()));
                }
                take(walk, reader, tree);
            }
        }
        return tree;
    }

    private void take(TreeWalk walk, ObjectReader reader, WorkTree tree) throws IOException {
        String path = walk.getPathString();
        FileMode mode = walk.getFileMode(0);
        if (FileMode.TREE.equals(mode) || FileMode.GITLINK.equals(mode)) {
            if (directories.contains(path)) {
                found.add(path);
            }
            if (isWanted(path) || isOnTheWay(path)) {
                tree.addDirectory(path);
                if (walk.isSubtree()) {
                    walk.enterSubtree();
                }
            }
        } else if (isWanted(path) && !FileMode.SYMLINK.equals(mode)) {
            ObjectId id = walk.getObjectId(0);
            long size = reader.getObjectSize(id, Constants.OBJ_BLOB);
            tree.addFile(
                    path, FileMode.EXECUTABLE_FILE.equals(mode), size, () -> content(id, size));
        }
    }

    private byte[] content(ObjectId id, long size) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            return reader.open(id, Constants.OBJ_BLOB).getCachedBytes((int) size);
        }
    }

    private boolean isWanted(String path) {
        return directories.isEmpty()
                || directories.stream()
                        .anyMatch(directory -> WorkTree.isInOrBelow(path, directory));
    }

    private boolean isOnTheWay(String path) {
        return directories.stream().anyMatch(directory -> directory.startsWith(path + "/"));
    }
}
