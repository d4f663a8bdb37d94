package dev.sluice.fetcher.source;

import dev.sluice.fluxapi.FluxObject;
import java.time.Duration;
import java.util.List;

/**
 * One kind of source: how its objects are looked at. The fetcher does the rest: watching, pace,
 * status, events, announcements.
 */
public interface SourceType<O extends Record & FluxObject> {

    /** Who sees to an object. */
    enum Steward {
        /** We do: it has our finalizer and our status. */
        FETCHER,
        /** Someone else writes its artifact; it is only announced. */
        OTHERS,
        /** We do: it has no artifact of its own, but makes other sources. */
        MAKER,
        /** Nobody: it only holds settings for others. */
        NOBODY
    }

    SourceKind<O> kind();

    boolean isSuspended(O object);

    /** The time from one look to the next. */
    Duration interval(O object);

    /**
     * Looks at the remote and stores what is new. Says what came of it; writes neither status nor
     * events.
     */
    Outcome look(Source<O> source) throws InterruptedException;

    /** Who sees to this object. */
    default Steward steward(O object) {
        return Steward.FETCHER;
    }

    /** Takes away what an object made, before it is let go. */
    default void deleted(Source<O> source) {}

    /** Other sources whose artifacts this one is made of: it is looked at when theirs change. */
    default List<SourceKey> madeOf(O object) {
        return List.of();
    }
}
