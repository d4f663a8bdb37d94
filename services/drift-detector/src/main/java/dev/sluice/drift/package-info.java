/** Delivery.applied and watches in, drift.detected out. */
@NullMarked
package dev.sluice.drift;

import org.jspecify.annotations.NullMarked;
