/** The apply engine: server-side apply in stages, inventory, prune, health, ownership. */
@NullMarked
package dev.sluice.kubernetes;

import org.jspecify.annotations.NullMarked;
