package dev.sluice.kustomize.load;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;
import dev.sluice.kustomize.tree.TreePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** Follows symbolic links within a tree, with upstream's messages where they lead nowhere. */
final class Links {

    private Links() {}

    /**
     * The path with its links followed.
     *
     * @param shown the path as messages show it
     */
    static String follow(FileTree tree, String path, String shown) throws BuildException {
        try {
            return tree.resolve(path);
        } catch (AccessDeniedException e) {
            throw new BuildException(
                    "security; '" + shown + "' leads out of the tree that may be read", e);
        } catch (IOException e) {
            throw new BuildException(
                    "evalsymlink failure on '" + shown + "' : " + reason(tree, path, shown), e);
        }
    }

    /** The first step of the path that is missing, or that is a file though the path goes on. */
    private static String reason(FileTree tree, String path, String shown) {
        String prefix =
                shown.endsWith(path) ? shown.substring(0, shown.length() - path.length()) : "";
        String known = path;
        String missing = path;
        while (!known.isEmpty() && tree.kind(known) == PathKind.MISSING) {
            missing = known;
            known = TreePath.parent(known);
        }
        boolean belowFile = tree.kind(known) == PathKind.FILE;
        return "lstat "
                + prefix
                + missing
                + (belowFile ? ": not a directory" : ": no such file or directory");
    }
}
