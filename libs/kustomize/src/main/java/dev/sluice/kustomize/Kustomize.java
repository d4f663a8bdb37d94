package dev.sluice.kustomize;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.PathKind;

/** The engine's facade. */
public final class Kustomize {

    private Kustomize() {}

    /**
     * Builds the kustomization in a directory of a tree, as {@code kustomize build} does.
     *
     * @param tree what may be read, whole
     * @param path the directory of the kustomization; {@code ""} is the tree's root
     * @throws BuildException where the tree holds nothing that can be built, or a limit is passed
     */
    public static BuildResult build(FileTree tree, String path, BuildOptions options)
            throws BuildException {
        if (tree.kind(path) != PathKind.DIRECTORY) {
            throw new BuildException(
                    "must build at directory: not a valid directory: '" + path + "'");
        }
        throw new UnsupportedOperationException("comes with the YAML library");
    }
}
