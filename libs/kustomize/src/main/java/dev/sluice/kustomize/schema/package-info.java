/**
 * What kustomize knows of Kubernetes' types: which fields there are, by which keys lists merge,
 * which kinds have a namespace. Everything here is immutable and shared.
 */
@NullMarked
package dev.sluice.kustomize.schema;

import org.jspecify.annotations.NullMarked;
