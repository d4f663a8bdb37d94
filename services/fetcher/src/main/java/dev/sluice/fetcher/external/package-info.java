/** ExternalArtifacts: sources that others make, brought into our store and told. */
@NullMarked
package dev.sluice.fetcher.external;

import org.jspecify.annotations.NullMarked;
