/**
 * Reads files and directories on behalf of one kustomization, within what it may read and what a
 * build may use.
 */
@NullMarked
package dev.sluice.kustomize.load;

import org.jspecify.annotations.NullMarked;
