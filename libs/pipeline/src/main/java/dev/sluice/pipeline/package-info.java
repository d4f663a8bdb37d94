/** What every stage shares: keyed lanes, state tables, retries, dead letters, causation. */
@NullMarked
package dev.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
