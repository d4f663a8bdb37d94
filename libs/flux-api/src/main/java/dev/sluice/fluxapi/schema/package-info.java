/**
 * What the definitions need to know beyond the Java types: annotations for records and their
 * components. {@code dev.sluice.fluxapi.crd} turns them into custom resource definitions.
 */
@NullMarked
package dev.sluice.fluxapi.schema;

import org.jspecify.annotations.NullMarked;
