/** The group {@code sluice.dev}: when changes may be applied. Flux has nothing like it. */
@NullMarked
package dev.sluice.fluxapi.window;

import org.jspecify.annotations.NullMarked;
