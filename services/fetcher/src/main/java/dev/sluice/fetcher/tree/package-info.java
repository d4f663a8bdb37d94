/**
 * The tree of files that becomes an artifact, wherever it came from: included artifacts are copied
 * in, ignore rules choose.
 */
@NullMarked
package dev.sluice.fetcher.tree;

import org.jspecify.annotations.NullMarked;
