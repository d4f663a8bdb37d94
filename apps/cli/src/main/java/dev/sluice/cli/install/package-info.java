/**
 * What a cluster needs before the pipeline can work in it: the definitions of the Flux kinds, and
 * for each service an identity that may do its job and no more. Values only: nothing here talks to
 * a cluster.
 */
@NullMarked
package dev.sluice.cli.install;

import org.jspecify.annotations.NullMarked;
