/**
 * Expressions in CEL over Kubernetes objects, as Flux reads them: health of custom resources,
 * readiness of dependencies. Texts come from users: they are bounded in size and work.
 */
@NullMarked
package dev.sluice.kubernetes.cel;

import org.jspecify.annotations.NullMarked;
