/**
 * Connections to clusters that people name: {@link dev.sluice.kubernetes.target.RemoteClusters} is
 * the door. What they wrote is not trusted: nothing of it makes us run a program, read a file of
 * ours, or talk to a server without checking who it is.
 */
@NullMarked
package dev.sluice.kubernetes.target;

import org.jspecify.annotations.NullMarked;
