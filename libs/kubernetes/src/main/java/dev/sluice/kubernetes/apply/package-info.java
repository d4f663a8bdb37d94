/**
 * Applies a delivery's objects as Flux does: in stages, by server-side apply, with the switches
 * that objects carry; and prunes what has left. {@link dev.sluice.kubernetes.apply.StagedApply} and
 * {@link dev.sluice.kubernetes.apply.Prune} are the doors. Results are values: a refused object is
 * a result, not an exception.
 */
@NullMarked
package dev.sluice.kubernetes.apply;

import org.jspecify.annotations.NullMarked;
