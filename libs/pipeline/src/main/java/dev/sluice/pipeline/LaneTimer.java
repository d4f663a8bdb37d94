package dev.sluice.pipeline;

import java.time.Duration;

/** Calls back after a time. The tests' timer runs on simulated time. */
interface LaneTimer extends AutoCloseable {

    Alarm set(Duration delay, Runnable ring);

    @Override
    void close();

    /** One call to come. */
    interface Alarm {
        /** When it rings, on the timer's own clock, in nanoseconds. */
        long due();

        void cancel();
    }
}
