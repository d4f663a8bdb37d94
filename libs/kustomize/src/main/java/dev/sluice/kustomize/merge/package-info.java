/**
 * Strategic merge patches as kustomize applies them, oddities included: what it prints is what
 * counts.
 */
@NullMarked
package dev.sluice.kustomize.merge;

import org.jspecify.annotations.NullMarked;
