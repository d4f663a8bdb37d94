/**
 * The secrets of a repository: which files are encrypted to whom, which should be, and who can open
 * them from now on.
 */
@NullMarked
package dev.sluice.cli.secrets;

import org.jspecify.annotations.NullMarked;
