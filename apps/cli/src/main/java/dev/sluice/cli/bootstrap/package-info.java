/**
 * Brings a cluster to where it manages itself from Git: components and sync point committed,
 * applied, and seen to be applied from there. Doing it again changes nothing, or brings it up to
 * date.
 */
@NullMarked
package dev.sluice.cli.bootstrap;

import org.jspecify.annotations.NullMarked;
