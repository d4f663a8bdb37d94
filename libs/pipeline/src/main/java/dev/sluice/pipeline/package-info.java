/**
 * What every stage shares: keyed lanes (one run per key, latest state wins), tables of the state
 * topics, sending events with their causes, and dead letters.
 *
 * <p>A stage is level-triggered: an input changes a table and wakes a key; the handler of a key
 * reads the latest state and brings the world to it. So duplicates, restarts and late arrivals do
 * no harm, and what is kept in memory can be rebuilt from the topics.
 */
@NullMarked
package dev.sluice.pipeline;

import org.jspecify.annotations.NullMarked;
