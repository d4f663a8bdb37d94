/**
 * Semantic versions and ranges of them, as Helm and Flux read them: the rules of Masterminds'
 * semver for Go.
 */
@NullMarked
package dev.sluice.helm.version;

import org.jspecify.annotations.NullMarked;
