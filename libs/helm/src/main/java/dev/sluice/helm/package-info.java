/** What the stages that a HelmRelease goes through hand to each other. */
@NullMarked
package dev.sluice.helm;

import org.jspecify.annotations.NullMarked;
