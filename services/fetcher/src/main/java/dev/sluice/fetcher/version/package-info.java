/**
 * Semantic versions and ranges of them, as Flux reads them in {@code spec.ref.semver}: the rules of
 * Masterminds' semver for Go.
 */
@NullMarked
package dev.sluice.fetcher.version;

import org.jspecify.annotations.NullMarked;
