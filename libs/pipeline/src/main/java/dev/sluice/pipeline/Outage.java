package dev.sluice.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one failure of something outside, which many runs meet at once, from filling the log: the
 * first is told, then at most one a minute. Safe for use by many threads.
 */
final class Outage {

    private static final long QUIET = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Long told;
    private long untold;

    Outage(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a failure.
     *
     * @return how many were not told since the last one that was; negative where this one is not to
     *     be told either
     */
    long met() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            if (told != null && now - told < QUIET) {
                untold++;
                return -1;
            }
            long before = untold;
            told = now;
            untold = 0;
            return before;
        } finally {
            lock.unlock();
        }
    }
}
