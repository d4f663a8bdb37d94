/**
 * Puts layers together: reads a kustomization, gathers what it names, runs its generators and
 * transformers, and hands the result to the layer above.
 */
@NullMarked
package dev.sluice.kustomize.build;

import org.jspecify.annotations.NullMarked;
