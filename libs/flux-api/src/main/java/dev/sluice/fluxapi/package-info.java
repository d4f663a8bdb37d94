/**
 * The Flux kinds as Java types: what the kinds of {@code dev.sluice.fluxapi.source}, {@code
 * .kustomize}, {@code .helm}, {@code .notification} and {@code .image} share, and the words of the
 * API (groups, labels, annotations, condition types, reasons).
 *
 * <p>The records are shaped like the objects on the wire, so they have as many components as the
 * objects have fields. A component that is not {@code @Nullable} is always there: it is required by
 * the definition, has a default, or is a list or map that is empty where the object has none.
 * {@link dev.sluice.fluxapi.FluxJson} is the only door between them and JSON. Fields that a type
 * does not know are left out in silence when it is read.
 */
@NullMarked
package dev.sluice.fluxapi;

import org.jspecify.annotations.NullMarked;
