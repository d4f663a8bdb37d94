/**
 * Fetches what a kustomization names by URL: directories of Git repositories and single files, over
 * https, from hosts that someone has allowed by name. What is fetched is read in memory and never
 * checked out.
 */
@NullMarked
package dev.sluice.remotes;

import org.jspecify.annotations.NullMarked;
