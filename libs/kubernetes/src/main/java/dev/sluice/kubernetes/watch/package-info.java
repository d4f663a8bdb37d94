/**
 * Lists and watches: what is there, and what happens to it, without polling. A watch goes on after
 * breaks where it stopped, and lists again where the server no longer knows that place, so nothing
 * that lasts is missed; what came and went in between may be.
 */
@NullMarked
package dev.sluice.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
