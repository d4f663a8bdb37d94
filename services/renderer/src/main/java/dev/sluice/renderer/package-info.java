/** Source.changed and specs in, delivery.rendered out. */
@NullMarked
package dev.sluice.renderer;

import org.jspecify.annotations.NullMarked;
