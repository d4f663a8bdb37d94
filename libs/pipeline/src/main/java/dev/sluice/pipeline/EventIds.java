package dev.sluice.pipeline;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Ids of events: 12 hex digits of milliseconds, then 20 of chance, so that sorting ids sorts by
 * time.
 */
public final class EventIds {

    private static final HexFormat HEX = HexFormat.of();

    private final Clock clock;
    private final RandomGenerator random;

    public EventIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public static EventIds system() {
        return new EventIds(Clock.systemUTC(), new SecureRandom());
    }

    public String next() {
        byte[] chance = new byte[10];
        random.nextBytes(chance);
        return HEX.toHexDigits(clock.millis(), 12) + HEX.formatHex(chance);
    }
}
