/** JSON patches (RFC 6902) as kustomize applies them. */
@NullMarked
package dev.sluice.kustomize.json6902;

import org.jspecify.annotations.NullMarked;
