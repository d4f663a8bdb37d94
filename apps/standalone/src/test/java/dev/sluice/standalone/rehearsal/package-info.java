/** Tests of the cluster in memory. */
@NullMarked
package dev.sluice.standalone.rehearsal;

import org.jspecify.annotations.NullMarked;
