/** The content-addressed store of artifacts and bundles. */
@NullMarked
package dev.sluice.artifacts;

import org.jspecify.annotations.NullMarked;
