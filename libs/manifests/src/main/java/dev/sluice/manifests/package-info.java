/** Kubernetes objects as data: ids, order, digests, substitution, bundles, sealing and signing. */
@NullMarked
package dev.sluice.manifests;

import org.jspecify.annotations.NullMarked;
