/** The built-in transformers: each takes the resources of a layer and changes them in place. */
@NullMarked
package dev.sluice.kustomize.transform;

import org.jspecify.annotations.NullMarked;
