package dev.sluice.pipeline;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How lanes share a process.
 *
 * @param width how many keys run at once, of all groups
 * @param perGroup how many of one group, so that a crowd of one leaves room for another
 * @param group of a key, for example its namespace
 * @param mine the keys that this process works on; others are left alone, asked anew at each wake
 *     and each start
 */
public record LaneRules<K>(
        int width, int perGroup, Function<? super K, String> group, Predicate<? super K> mine) {

    public LaneRules {
        if (width < 1 || perGroup < 1) {
            throw new IllegalArgumentException("width must be at least 1: " + width);
        }
    }

    /** All keys are alike. */
    public static <K> LaneRules<K> alike(int width) {
        return new LaneRules<>(width, width, _ -> "", _ -> true);
    }

    /**
     * Groups share fairly.
     *
     * @param perGroup how many keys of one group run at once; beyond those there is always room for
     *     some of others
     */
    public static <K> LaneRules<K> fair(
            int perGroup, Function<? super K, String> group, Predicate<? super K> mine) {
        return new LaneRules<>(perGroup + Math.max(1, perGroup / 3), perGroup, group, mine);
    }
}
