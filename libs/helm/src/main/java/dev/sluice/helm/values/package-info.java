/**
 * The values of a release: how maps are laid over each other, and how one value is put at a path,
 * by the rules of Helm's {@code --set}. Values may be secret: no message shows one.
 */
@NullMarked
package dev.sluice.helm.values;

import org.jspecify.annotations.NullMarked;
