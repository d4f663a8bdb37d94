package dev.sluice.kustomize.tree;

/** What a {@link FileTree} has at a path, symbolic links followed. */
public enum PathKind {
    FILE,
    DIRECTORY,
    MISSING,
    /**
     * The path leaves the root of its tree, is neither file nor directory, or is a link that leads
     * nowhere good.
     */
    REFUSED
}
