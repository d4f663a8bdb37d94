/** The kinds that say who is told about what, and who may tell us. */
@NullMarked
package dev.sluice.fluxapi.notification;

import org.jspecify.annotations.NullMarked;
