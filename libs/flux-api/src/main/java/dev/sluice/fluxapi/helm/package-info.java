/** The kind that says which Helm chart is released with which values. */
@NullMarked
package dev.sluice.fluxapi.helm;

import org.jspecify.annotations.NullMarked;
