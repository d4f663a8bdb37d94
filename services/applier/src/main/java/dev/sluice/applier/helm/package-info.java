/**
 * HelmReleases: what Helm's records say of a release, what is to be done about it, and what the
 * object's status tells. Helm itself works in a worker process; waiting is done here, by watches.
 */
@NullMarked
package dev.sluice.applier.helm;

import org.jspecify.annotations.NullMarked;
