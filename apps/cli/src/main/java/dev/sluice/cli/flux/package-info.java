/**
 * The Flux kinds as the command line sees them: which words name a kind, what a row about an object
 * shows, how a reconciliation is asked for and waited for. The words, columns and signs are those
 * of Flux's own command line, so that habits and scripts carry over.
 */
@NullMarked
package dev.sluice.cli.flux;

import org.jspecify.annotations.NullMarked;
