/**
 * Where a service keeps its own keys: a Secret that it alone reads. It makes them itself, changes
 * them when an annotation asks for it, and publishes the public halves.
 */
@NullMarked
package dev.sluice.kubernetes.keys;

import org.jspecify.annotations.NullMarked;
