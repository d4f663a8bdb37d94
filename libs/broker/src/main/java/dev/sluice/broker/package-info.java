/**
 * An embedded Kafka broker (KRaft, one node) whose log lasts on disk, and the topics of Sluice on
 * any broker.
 *
 * <p>The standalone process and the tests run on it; a distributed installation brings its own
 * broker.
 */
@NullMarked
package dev.sluice.broker;

import org.jspecify.annotations.NullMarked;
