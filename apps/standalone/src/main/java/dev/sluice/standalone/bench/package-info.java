/**
 * {@code sluice bench}: a small fleet on a cluster, what changes to it cost, and where the time
 * goes, stage by stage. It measures and reports; it judges nothing.
 */
@NullMarked
package dev.sluice.standalone.bench;

import org.jspecify.annotations.NullMarked;
