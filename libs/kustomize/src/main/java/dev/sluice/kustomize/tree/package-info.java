/**
 * Trees of files that a build reads, and what was read of them. Paths are relative to a tree's
 * root, separated by {@code /}; {@code ""} is the root. Nothing leaves the root of its tree,
 * whatever a path or a symbolic link says.
 */
@NullMarked
package dev.sluice.kustomize.tree;

import org.jspecify.annotations.NullMarked;
