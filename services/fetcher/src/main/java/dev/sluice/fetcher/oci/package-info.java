/**
 * Registries of OCI artifacts: tags, manifests and blobs over the distribution API, with the
 * credentials of Docker's configuration; and OCIRepositories as sources.
 */
@NullMarked
package dev.sluice.fetcher.oci;

import org.jspecify.annotations.NullMarked;
