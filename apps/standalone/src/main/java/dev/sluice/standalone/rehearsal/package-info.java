/**
 * A rehearsal of the pipeline's work: deliveries and releases on a cluster in memory, run once for
 * each build. The launcher makes its start-up cache from such a run: which classes are used, and
 * which methods are worth compiling early.
 */
@NullMarked
package dev.sluice.standalone.rehearsal;

import org.jspecify.annotations.NullMarked;
