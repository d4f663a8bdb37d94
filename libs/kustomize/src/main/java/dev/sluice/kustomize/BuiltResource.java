package dev.sluice.kustomize;

/**
 * One resource of a build.
 *
 * @param origin the path in the tree of the file that it came from; for a generated one, of the
 *     kustomization file
 */
public record BuiltResource(String origin) {}
