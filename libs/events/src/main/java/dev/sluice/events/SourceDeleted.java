package dev.sluice.events;

/** A source is gone; its artifact is no longer wanted. */
public record SourceDeleted(SourceId source, long sequence, String why) implements SourceEvent {}
