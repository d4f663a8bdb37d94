/** The kind that says what is applied to a cluster from a source. */
@NullMarked
package dev.sluice.fluxapi.kustomize;

import org.jspecify.annotations.NullMarked;
