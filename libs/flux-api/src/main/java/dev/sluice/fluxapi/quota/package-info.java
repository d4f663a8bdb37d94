/** What a tenant may use at most; a kind of Sluice's own. */
@NullMarked
package dev.sluice.fluxapi.quota;

import org.jspecify.annotations.NullMarked;
