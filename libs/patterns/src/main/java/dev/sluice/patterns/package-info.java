/**
 * Regular expressions that strangers write: matched in time in proportion to the text, and refused
 * where they would grow out of bounds when they are compiled.
 */
@NullMarked
package dev.sluice.patterns;

import org.jspecify.annotations.NullMarked;
