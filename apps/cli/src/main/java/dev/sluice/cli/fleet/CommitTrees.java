package dev.sluice.cli.fleet;

import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.MemoryTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The trees of a local repository's commits, without checking them out. */
public final class CommitTrees implements AutoCloseable {

    private static final int MOST_FILES = 100_000;
    private static final long MOST_BYTES = 512L << 20;
    private static final int LARGEST = 32 << 20;

    /** A commit and its files. */
    public record Commit(String id, FileTree tree) {}

    private final Repository repository;

    private CommitTrees(Repository repository) {
        this.repository = repository;
    }

    /**
     * @param directory within the repository
     */
    public static CommitTrees open(Path directory) throws FleetException {
        try {
            FileRepositoryBuilder builder =
                    new FileRepositoryBuilder().findGitDir(directory.toAbsolutePath().toFile());
            if (builder.getGitDir() == null) {
                throw new FleetException(directory + " is in no Git repository");
            }
            return new CommitTrees(builder.build());
        } catch (IOException e) {
            throw new FleetException(
                    "the repository of " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The commit that a branch, a tag or an id names; a branch of {@code origin} will do. */
    public Commit at(String ref) throws FleetException {
        try (RevWalk walk = new RevWalk(repository)) {
            ObjectId id = repository.resolve(ref + "^{commit}");
            if (id == null) {
                id = repository.resolve("origin/" + ref + "^{commit}");
            }
            if (id == null) {
                throw new FleetException("the repository has no '" + ref + "'");
            }
            RevCommit commit = walk.parseCommit(id);
            return new Commit(commit.name(), new MemoryTree(files(commit)));
        } catch (RevisionSyntaxException e) {
            throw new FleetException("'" + ref + "' is no name of a commit", e);
        } catch (IOException e) {
            throw new FleetException("'" + ref + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private Map<String, byte[]> files(RevCommit commit) throws IOException, FleetException {
        Map<String, byte[]> files = new HashMap<>();
        long bytes = 0;
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                int mode = walk.getRawMode(0);
                if (!FileMode.REGULAR_FILE.equals(mode) && !FileMode.EXECUTABLE_FILE.equals(mode)) {
                    continue;
                }
                ObjectLoader blob = repository.open(walk.getObjectId(0));
                if (blob.getSize() > LARGEST) {
                    continue;
                }
                bytes += blob.getSize();
                if (files.size() == MOST_FILES || bytes > MOST_BYTES) {
                    throw new FleetException(
                            "the commit holds more than "
                                    + MOST_FILES
                                    + " files or "
                                    + (MOST_BYTES >> 20)
                                    + " MiB");
                }
                files.put(walk.getPathString(), blob.getCachedBytes(LARGEST));
            }
        }
        return files;
    }

    @Override
    public void close() {
        repository.close();
    }
}
