/**
 * Custom resource definitions, generated from the records: names, schemas, columns, legacy
 * versions.
 */
@NullMarked
package dev.sluice.fluxapi.crd;

import org.jspecify.annotations.NullMarked;
