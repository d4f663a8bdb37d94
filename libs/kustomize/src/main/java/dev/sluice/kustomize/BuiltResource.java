package dev.sluice.kustomize;

import dev.sluice.yaml.Node;

/**
 * One resource of a build.
 *
 * @param node the object; the caller may change it
 * @param origin the path in the tree of the file that it came from; for a generated one, of the
 *     kustomization file
 */
public record BuiltResource(Node node, String origin) {}
