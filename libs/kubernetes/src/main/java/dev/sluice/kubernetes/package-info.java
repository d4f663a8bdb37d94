/**
 * The apply engine's ground: one cluster as one session ({@link dev.sluice.kubernetes.Cluster}),
 * what its API server serves, what an object's metadata tells, and how its refusals are classified.
 * The packages below it apply, prune, watch, assess and report.
 */
@NullMarked
package dev.sluice.kubernetes;

import org.jspecify.annotations.NullMarked;
