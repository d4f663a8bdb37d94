/** The Flux kinds as Java types, and the definitions generated from them. */
@NullMarked
package dev.sluice.fluxapi;

import org.jspecify.annotations.NullMarked;
