/**
 * The dead letters: records that a stage could not read, kept with the reason and their place, and
 * put back when the cause is mended.
 */
@NullMarked
package dev.sluice.cli.letters;

import org.jspecify.annotations.NullMarked;
