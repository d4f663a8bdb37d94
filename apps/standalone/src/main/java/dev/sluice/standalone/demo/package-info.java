/**
 * {@code sluice demo}: the sample fleet on a real API server, with a push, a hand-made change and
 * its correction, told as it happens.
 *
 * <p>{@code DemoCommand} is the entry, {@code Show} the script.
 */
@NullMarked
package dev.sluice.standalone.demo;

import org.jspecify.annotations.NullMarked;
