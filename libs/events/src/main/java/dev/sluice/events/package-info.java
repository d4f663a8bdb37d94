/** The events of schemas/ as records, their topics, keys and wire form. */
@NullMarked
package dev.sluice.events;

import org.jspecify.annotations.NullMarked;
