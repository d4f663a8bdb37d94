package dev.sluice.events;

/**
 * Milliseconds that a delivery took.
 *
 * @param apply in the applier, from taking the event to the last object
 * @param total since the source's artifact was there
 */
public record Took(long apply, long total) {}
