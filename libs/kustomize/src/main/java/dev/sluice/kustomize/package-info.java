/** A Kustomize engine for the JVM. */
@NullMarked
package dev.sluice.kustomize;

import org.jspecify.annotations.NullMarked;
