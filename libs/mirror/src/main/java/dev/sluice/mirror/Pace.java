package dev.sluice.mirror;

import java.time.Duration;
import java.util.function.LongSupplier;

/** So many per second, with one second's worth at once. Not for more than one thread. */
final class Pace {

    private static final double NANOS = 1e9;

    private final int perSecond;
    private final LongSupplier nanos;
    private double left;
    private long last;

    Pace(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.left = perSecond;
        this.last = nanos.getAsLong();
    }

    /** How long to wait before more are taken; zero where that is now. */
    Duration debt(int taken) {
        long now = nanos.getAsLong();
        left = Math.min(perSecond, left + (now - last) / NANOS * perSecond);
        last = now;
        left -= taken;
        return left >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-left / perSecond * NANOS));
    }
}
