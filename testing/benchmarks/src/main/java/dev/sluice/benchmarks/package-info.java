/**
 * How fast the engines are. {@link dev.sluice.benchmarks.Main} measures builds of kustomizations
 * side by side with the real {@code kustomize}; the classes with {@code @Benchmark} are JMH's.
 */
@NullMarked
package dev.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
