/**
 * What a log tells: what happened, from which push, what was deployed at a moment, and how that
 * looked. Values in, values out; the commands around it print.
 */
@NullMarked
package dev.sluice.cli.audit;

import org.jspecify.annotations.NullMarked;
