/**
 * {@code source.changed} and the specs of Kustomizations in, {@code delivery.rendered} out.
 *
 * <p>{@link dev.sluice.renderer.RendererFlow} is the story. The renderer runs what repositories
 * say, so it sees no Secret and writes to no cluster.
 */
@NullMarked
package dev.sluice.renderer;

import org.jspecify.annotations.NullMarked;
