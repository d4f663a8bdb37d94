package dev.sluice.kustomize.api;

/**
 * The order of the output where the kustomization has no {@code sortOptions}, as {@code kustomize
 * build --reorder} has it.
 */
public enum Reorder {
    /**
     * Namespaces and other kinds that others need first, webhooks last, then by group, version,
     * kind, namespace, name.
     */
    LEGACY,
    /** As the resources were accumulated, depth first. */
    NONE
}
