package dev.sluice.pipeline;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Ids of events: 12 hex digits of milliseconds, 4 that count within a millisecond, then 16 of
 * chance. Sorting the ids of one producer sorts by time, whatever the clock does.
 */
public final class EventIds {

    private static final HexFormat HEX = HexFormat.of();

    private static final int COUNTER_BITS = 16;

    private final Clock clock;
    private final RandomGenerator random;
    private final AtomicLong last = new AtomicLong();

    public EventIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public static EventIds system() {
        return new EventIds(Clock.systemUTC(), new SecureRandom());
    }

    public String next() {
        long now = clock.millis() << COUNTER_BITS;
        long unique = last.updateAndGet(before -> Math.max(before + 1, now));
        byte[] chance = new byte[8];
        random.nextBytes(chance);
        return HEX.toHexDigits(unique) + HEX.formatHex(chance);
    }
}
