/**
 * Makes of an object what a typed client would send: a pruner driven by the API server's own
 * OpenAPI documents.
 */
@NullMarked
package dev.sluice.kubernetes.schema;

import org.jspecify.annotations.NullMarked;
