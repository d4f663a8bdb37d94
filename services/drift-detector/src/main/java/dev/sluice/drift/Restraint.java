package dev.sluice.drift;

import dev.sluice.events.DeliveryId;
import dev.sluice.manifests.ObjectId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps reports from repeating and from feeding a fight: the same state is told once in a while,
 * and where the same manager takes the same fields again and again, it is told less and less often,
 * until it has been quiet.
 */
final class Restraint {

    /** So many in a row are put right at once. */
    static final int FREE = 30;

    private static final Duration FIRST_DELAY = Duration.ofSeconds(2);
    private static final Duration LAST_DELAY = Duration.ofMinutes(5);

    /** After so long without drift an object starts anew. */
    private static final Duration QUIET = Duration.ofMinutes(2);

    /** A report may get lost in a correction that failed: then it is told again. */
    static final Duration REPEAT = Duration.ofSeconds(30);

    /** Older entries are swept once there are more than this. */
    private static final int MANY = 10_000;

    /**
     * Who does what to which object.
     *
     * @param deed how it drifted, by whom, in which fields
     */
    record Key(DeliveryId delivery, ObjectId object, String deed) {}

    private record Told(String state, Instant at, int inARow) {}

    private final Clock clock;
    private final Map<Key, Told> told = new ConcurrentHashMap<>();

    Restraint(Clock clock) {
        this.clock = clock;
    }

    /**
     * How long to hold a report back; zero where it may go.
     *
     * @param state what would be told: a resource version, or a word
     */
    Duration holdBack(Key key, String state) {
        Told last = told.get(key);
        if (last == null) {
            return Duration.ZERO;
        }
        Duration delay = last.state.equals(state) ? longer(REPEAT, delay(last)) : delay(last);
        Duration left = Duration.between(clock.instant(), last.at.plus(delay));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether exactly this was told last. */
    boolean isTold(Key key, String state) {
        Told last = told.get(key);
        return last != null && last.state.equals(state);
    }

    /** Whether so many in a row look like a fight. */
    static boolean fighting(int inARow) {
        return inARow > FREE;
    }

    /** Notes a report; the answer is how many in a row that makes. */
    int note(Key key, String state) {
        Instant now = clock.instant();
        if (told.size() > MANY) {
            told.values().removeIf(t -> over(t, now));
        }
        Told fresh =
                told.merge(
                        key,
                        new Told(state, now, 1),
                        (last, first) ->
                                over(last, now) ? first : new Told(state, now, last.inARow + 1));
        return fresh.inARow;
    }

    void forget(DeliveryId delivery) {
        told.keySet().removeIf(key -> key.delivery.equals(delivery));
    }

    private static boolean over(Told last, Instant now) {
        return last.at.plus(longer(QUIET, delay(last).multipliedBy(2))).isBefore(now);
    }

    private static Duration delay(Told last) {
        int beyond = last.inARow - FREE;
        if (beyond < 0) {
            return Duration.ZERO;
        }
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(beyond, 10));
        return delay.compareTo(LAST_DELAY) > 0 ? LAST_DELAY : delay;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
