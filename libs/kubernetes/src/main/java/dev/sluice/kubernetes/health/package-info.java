/**
 * Whether objects are as their controllers want them. {@link
 * dev.sluice.kubernetes.health.HealthRules} reads one object by the rules that kubectl and Flux use
 * (kstatus); {@link dev.sluice.kubernetes.health.HealthWatch} follows many, by watching.
 */
@NullMarked
package dev.sluice.kubernetes.health;

import org.jspecify.annotations.NullMarked;
