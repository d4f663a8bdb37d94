/**
 * GitRepositories as sources: which commit is wanted, whether it is trusted, what of its tree and
 * of included artifacts becomes the artifact. How Git is spoken is in {@link
 * dev.sluice.fetcher.git}.
 */
@NullMarked
package dev.sluice.fetcher.gitrepository;

import org.jspecify.annotations.NullMarked;
