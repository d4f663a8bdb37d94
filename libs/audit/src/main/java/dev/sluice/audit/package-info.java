/**
 * The log as evidence. What a service writes is chained to what it wrote before and signed; who
 * reads the log later can tell what was changed, taken out or put elsewhere.
 *
 * <p>{@link dev.sluice.audit.Chain} is the writer's half, {@link dev.sluice.audit.Verification} the
 * reader's; {@code docs/decisions/0020} says what they promise.
 */
@NullMarked
package dev.sluice.audit;

import org.jspecify.annotations.NullMarked;
