package dev.sluice.fetcher;

import dev.sluice.fetcher.source.SourceKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * When a source is looked at again: after its interval, give or take a little, or sooner and sooner
 * less often while it fails.
 */
final class Pace {

    private final double jitter;
    private final Duration firstRetry;
    private final Duration lastRetry;
    private final RandomGenerator random;
    private final Map<SourceKey, Integer> failures = new ConcurrentHashMap<>();

    Pace(double jitter, Duration firstRetry, Duration lastRetry, RandomGenerator random) {
        this.jitter = jitter;
        this.firstRetry = firstRetry;
        this.lastRetry = lastRetry;
        this.random = random;
    }

    Duration afterSuccess(SourceKey key, Duration interval) {
        failures.remove(key);
        return jittered(interval);
    }

    Duration afterFailure(SourceKey key) {
        int count = failures.merge(key, 1, Integer::sum);
        Duration delay = firstRetry.multipliedBy(1L << Math.min(count - 1, 20));
        return jittered(delay.compareTo(lastRetry) > 0 ? lastRetry : delay);
    }

    void forget(SourceKey key) {
        failures.remove(key);
    }

    private Duration jittered(Duration delay) {
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(delay.toMillis() * factor));
    }
}
