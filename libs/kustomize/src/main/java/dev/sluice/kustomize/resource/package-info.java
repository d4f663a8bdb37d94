/**
 * Resources under construction: the object, its ids, and what is remembered of it from layer to
 * layer.
 */
@NullMarked
package dev.sluice.kustomize.resource;

import org.jspecify.annotations.NullMarked;
