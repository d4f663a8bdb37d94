/**
 * Hostile input: each test lets Jazzer look for input that makes an engine crash, hang or read what
 * it must not. Without {@code JAZZER_FUZZ=1} the kept inputs are run once each.
 */
@NullMarked
package dev.sluice.fuzz;

import org.jspecify.annotations.NullMarked;
