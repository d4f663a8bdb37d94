package dev.sluice.events;

/**
 * Somebody asked for a source to be fetched now. What is found then follows from it.
 *
 * @param by who asked: {@code webhook}
 */
public record SourceRequested(SourceId source, String by) implements SourceEvent {}
