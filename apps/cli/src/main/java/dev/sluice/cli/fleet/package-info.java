/**
 * The clusters of a fleet together: what each is at, and what a commit would change on which of
 * them before it is merged.
 */
@NullMarked
package dev.sluice.cli.fleet;

import org.jspecify.annotations.NullMarked;
