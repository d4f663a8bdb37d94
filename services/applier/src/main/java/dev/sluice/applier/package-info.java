/** Delivery.revealed in, the cluster and delivery.applied out. */
@NullMarked
package dev.sluice.applier;

import org.jspecify.annotations.NullMarked;
