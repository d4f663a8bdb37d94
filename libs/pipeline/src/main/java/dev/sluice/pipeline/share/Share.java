package dev.sluice.pipeline.share;

import dev.sluice.pipeline.StateTable;
import java.util.function.Predicate;

/** The part of a stage's keys that this process works on. Safe for use by many threads. */
public interface Share extends AutoCloseable {

    /** Told of what comes and goes, on one thread. */
    interface Listener {

        /**
         * These keys are ours from now on: take over what was said, and look at all of them.
         *
         * @param said what the stage's own topic holds of them
         */
        void gained(StateTable said, Predicate<String> keys);

        /**
         * These are ours no more, and another process waits for them: return when nothing of them
         * is under way, or when that takes too long.
         */
        void lost(Predicate<String> keys);
    }

    /** Whether this process works on the key of a record. */
    boolean owns(String key);

    /** Begins to take a part; until then nothing is ours where the work is shared. */
    void begin(Listener listener);

    /** Gives the part back, at once. */
    @Override
    void close();
}
