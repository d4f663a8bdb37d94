/**
 * A Kustomize engine for the JVM: {@code kustomize build} as a function from a tree of files to
 * resources.
 *
 * <p>{@link dev.sluice.kustomize.Kustomize#build} is the way in. It reads a {@link
 * dev.sluice.kustomize.tree.FileTree} and nothing else: no clock but the one in the options, no
 * environment, no network, no process-wide state. Builds run side by side. Next to the resources it
 * gives the {@link dev.sluice.kustomize.tree.ReadSet}, by which a caller can tell without a build
 * that another tree would give the same resources.
 */
@NullMarked
package dev.sluice.kustomize;

import org.jspecify.annotations.NullMarked;
