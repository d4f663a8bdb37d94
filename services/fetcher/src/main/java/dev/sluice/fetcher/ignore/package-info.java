/**
 * Which files of a source become part of its artifact: {@code .sourceignore} files, {@code
 * spec.ignore} and the default exclusions, matched as Flux matches them. That is nearly gitignore,
 * but not quite: see {@link dev.sluice.fetcher.ignore.IgnoreRules}.
 */
@NullMarked
package dev.sluice.fetcher.ignore;

import org.jspecify.annotations.NullMarked;
