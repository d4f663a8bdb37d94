package dev.sluice.standalone.bench;

import java.util.Collection;
import java.util.List;

/**
 * How durations lie.
 *
 * @param count how many there are
 * @param median in milliseconds
 * @param p99 in milliseconds; of few, the largest
 */
record Spread(int count, long median, long p99) {

    static Spread of(Collection<Long> milliseconds) {
        List<Long> sorted = milliseconds.stream().sorted().toList();
        return sorted.isEmpty()
                ? new Spread(0, 0, 0)
                : new Spread(sorted.size(), at(sorted, 0.5), at(sorted, 0.99));
    }

    private static long at(List<Long> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * share)));
    }
}
