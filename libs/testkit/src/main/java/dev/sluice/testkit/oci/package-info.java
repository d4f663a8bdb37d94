/** A registry of OCI artifacts in memory, with each way of asking who one is. */
@NullMarked
package dev.sluice.testkit.oci;

import org.jspecify.annotations.NullMarked;
