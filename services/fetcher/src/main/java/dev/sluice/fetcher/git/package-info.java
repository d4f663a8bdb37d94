/**
 * The Git side of the fetcher: asks a remote what it has, fetches what is new into a kept bare
 * repository, and turns a commit into an artifact. No work tree, no hook, no filter and no
 * configuration of this machine takes part. Knows nothing of Kubernetes objects' status and of
 * events.
 */
@NullMarked
package dev.sluice.fetcher.git;

import org.jspecify.annotations.NullMarked;
