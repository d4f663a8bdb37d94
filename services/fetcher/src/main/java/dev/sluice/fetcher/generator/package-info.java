/**
 * ArtifactGenerators: artifacts put together from parts of other sources, so that each part changes
 * only when its own files do.
 */
@NullMarked
package dev.sluice.fetcher.generator;

import org.jspecify.annotations.NullMarked;
