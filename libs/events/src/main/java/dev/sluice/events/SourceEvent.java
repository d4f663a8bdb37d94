package dev.sluice.events;

/** An event about one source. */
public sealed interface SourceEvent extends Event
        permits SourceChanged, SourceDeleted, SourceRequested {

    SourceId source();

    @Override
    default String key() {
        return source().toString();
    }
}
