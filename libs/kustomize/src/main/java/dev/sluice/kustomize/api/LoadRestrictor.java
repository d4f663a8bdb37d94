package dev.sluice.kustomize.api;

/** Which files a kustomization may name, as {@code kustomize build --load-restrictor} has it. */
public enum LoadRestrictor {
    /**
     * Files must lie in or below the directory of the kustomization that names them; directories
     * may lie anywhere.
     */
    ROOT_ONLY,
    /** Files may lie anywhere in the tree. */
    NONE
}
