/**
 * Drift that was reported, until someone puts it right. In: {@code drift.detected}. What was
 * applied since is left out when it is taken.
 */
@NullMarked
package dev.sluice.applier.drift;

import org.jspecify.annotations.NullMarked;
