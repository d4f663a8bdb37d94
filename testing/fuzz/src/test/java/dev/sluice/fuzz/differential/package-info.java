/**
 * Compares the engine with the real {@code kustomize}: random trees and changed trees of a corpus
 * are built by both, and whatever differs is shrunk to the few lines that show it.
 */
@NullMarked
package dev.sluice.fuzz.differential;

import org.jspecify.annotations.NullMarked;
