package dev.sluice.kustomize.load;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.api.LoadRestrictor;
import dev.sluice.kustomize.api.RemoteTrees;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import dev.sluice.kustomize.tree.RecordingTree;
import dev.sluice.kustomize.tree.TreePath;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads for the kustomization in one directory. */
public final class Loader {

    private static final int MAX_HOPS = 16;

    private final FileTree tree;
    private final String root;
    private final BuildOptions options;
    private final Budget budget;
    private final @Nullable Loader referrer;

    /** How many remote resources lie between this directory and the one that is built. */
    private final int hops;

    private final LoadRestrictor restrictor;

    private Loader(
            FileTree tree,
            String root,
            @Nullable Loader referrer,
            BuildOptions options,
            Budget budget,
            int hops) {
        this.tree = tree;
        this.root = root;
        this.referrer = referrer;
        this.options = options;
        this.budget = budget;
        this.hops = hops;
        // What was fetched may never leave its own root, whatever the caller allows for his own
        // files.
        this.restrictor = hops > 0 ? LoadRestrictor.ROOT_ONLY : options.loadRestrictor();
    }

    /**
     * The loader of the kustomization that is built.
     *
     * @throws BuildException where the path is no directory
     */
    public static Loader at(FileTree tree, String path, BuildOptions options, Budget budget)
            throws BuildException {
        String normal = TreePath.normalize(path);
        if (normal == null) {
            throw new BuildException(
                    "must build at directory: not a valid directory: '"
                            + path
                            + "' leaves the tree");
        }
        return new Loader(tree, directory(tree, normal, path), null, options, budget, 0);
    }

    /** The directory, as a path in its tree. */
    public String root() {
        return root;
    }

    /** The directory as messages show it. */
    public String shownRoot() {
        return shown(root);
    }

    public Budget budget() {
        return budget;
    }

    /** A path in the tree as messages show it. */
    private String shown(String path) {
        String location = tree.location();
        return path.isEmpty() && !location.isEmpty() ? location : location + "/" + path;
    }

    /**
     * The path in the tree of a file that the kustomization names, for origins and places in
     * messages.
     */
    public String pathOf(String named) {
        String path = named.startsWith("/") ? null : TreePath.resolve(root, named);
        return path == null ? named : path;
    }

    /** Whether a file is there and may be read; never throws. */
    public boolean has(String name) {
        String path = TreePath.resolve(root, name);
        if (path == null || tree.kind(path) != PathKind.FILE) {
            return false;
        }
        try {
            allowed(path, name);
            return true;
        } catch (BuildException e) {
            return false;
        }
    }

    /**
     * The content of a file that the kustomization names.
     *
     * @throws BuildException where it is missing, no file, or outside of what may be read
     */
    public byte[] load(String named) throws BuildException {
        if (isRemoteFile(named)) {
            return remoteFile(named);
        }
        String path = allowed(resolve(named), named);
        try {
            budget.fileOpened(path, tree.size(path));
            return tree.read(path);
        } catch (IOException e) {
            throw new BuildException("read " + shown(path) + ": " + e.getMessage(), e);
        }
    }

    private String resolve(String named) throws BuildException {
        String location = tree.location();
        String path;
        if (!named.startsWith("/")) {
            path = TreePath.resolve(root, named);
        } else if (named.startsWith(location + "/")) {
            path = TreePath.normalize(named.substring(location.length() + 1));
        } else {
            path = null;
        }
        if (path == null) {
            throw new BuildException(
                    "security; file '" + named + "' is not in or below '" + shownRoot() + "'");
        }
        return path;
    }

    /** The path with links followed, where it leads to a file that may be read. */
    private String allowed(String path, String named) throws BuildException {
        if (restrictor == LoadRestrictor.NONE) {
            PathKind kind = tree.kind(path);
            if (kind != PathKind.FILE) {
                throw new BuildException(
                        kind == PathKind.DIRECTORY
                                ? "read " + shown(path) + ": is a directory"
                                : "open " + shown(path) + ": no such file or directory");
            }
            return path;
        }
        String real = Links.follow(tree, path, shown(path));
        if (tree.kind(real) == PathKind.DIRECTORY) {
            throw new BuildException("'" + shown(path) + "' must resolve to a file");
        }
        if (!TreePath.isInOrBelow(TreePath.parent(real), root)) {
            String display = named.startsWith("/") ? named : shown(path);
            throw new BuildException(
                    "security; file '" + display + "' is not in or below '" + shownRoot() + "'");
        }
        return real;
    }

    /**
     * A loader for a directory that the kustomization names.
     *
     * @throws BuildException where it is no directory, is absolute, remote and not allowed, or is
     *     this one or one above it
     */
    public Loader directory(String named) throws BuildException {
        if (named.isEmpty()) {
            throw new BuildException("new root cannot be empty");
        }
        if (RemoteUrl.isRepository(named)) {
            return remoteDirectory(named);
        }
        if (named.startsWith("/")) {
            throw new BuildException("new root '" + named + "' cannot be absolute");
        }
        for (String segment : named.split("/")) {
            if (!segment.equals("..") && segment.contains("..")) {
                throw new BuildException(
                        "path \""
                                + named
                                + "\" is ambiguous: resolves to \""
                                + named
                                + "\" after normalization, which is likely not the intended target; check for YAML "
                                + "indentation errors in your kustomization file");
            }
        }
        String path = TreePath.resolve(root, named);
        if (path == null) {
            throw new BuildException(
                    "must build at directory: not a valid directory: '"
                            + named
                            + "' leaves the tree");
        }
        String real = directory(tree, path, shown(path));
        for (Loader loader = this;
                loader != null && loader.hops == hops;
                loader = loader.referrer) {
            if (TreePath.isInOrBelow(loader.root, real)) {
                throw new BuildException(
                        "cycle detected: candidate root '"
                                + shown(real)
                                + "' contains visited root '"
                                + loader.shownRoot()
                                + "'");
            }
        }
        return new Loader(tree, real, this, options, budget, hops);
    }

    private static String directory(FileTree tree, String path, String shown)
            throws BuildException {
        String real;
        try {
            real = Links.follow(tree, path, shown);
        } catch (BuildException e) {
            throw e.within("must build at directory: not a valid directory");
        }
        if (tree.kind(real) != PathKind.DIRECTORY) {
            throw new BuildException(
                    "must build at directory: '" + shown + "': file is not directory");
        }
        return real;
    }

    private static boolean isRemoteFile(String named) {
        return named.regionMatches(true, 0, "http://", 0, 7)
                || named.regionMatches(true, 0, "https://", 0, 8);
    }

    private RemoteTrees remotes(String named) throws BuildException {
        return options.remotes()
                .orElseThrow(() ->
                        new BuildException(
                                "remote resources are not allowed: '"
                                        + named
                                        + "'; allow them with --allow-remote (or --remote-host HOST), or put a copy into the repository"));
    }

    private byte[] remoteFile(String named) throws BuildException {
        try {
            byte[] content = remotes(named).file(named);
            budget.fileOpened(named, content.length);
            return content;
        } catch (IOException e) {
            throw new BuildException("cannot fetch '" + named + "': " + e.getMessage(), e);
        }
    }

    private Loader remoteDirectory(String named) throws BuildException {
        if (hops >= MAX_HOPS) {
            throw new BuildException(
                    "cycle detected: remote resources name each other: '" + named + "'");
        }
        try {
            RemoteTrees.Remote remote = remotes(named).directory(named);
            FileTree fetched = new RecordingTree(remote.tree());
            return new Loader(
                    fetched,
                    directory(fetched, remote.path(), remote.path()),
                    this,
                    options,
                    budget,
                    hops + 1);
        } catch (IOException e) {
            throw new BuildException("cannot fetch '" + named + "': " + e.getMessage(), e);
        }
    }
}
