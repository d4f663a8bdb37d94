/**
 * The kinds of image automation: definitions only, so that repositories that hold them apply.
 * Nothing acts on them.
 */
@NullMarked
package dev.sluice.fluxapi.image;

import org.jspecify.annotations.NullMarked;
