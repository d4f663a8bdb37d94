package dev.sluice.applier.helm;

import java.time.Duration;

/** How long to wait after so many failures in a row: twice as long each time, up to a bound. */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(750);
    private static final Duration LAST = Duration.ofMinutes(15);

    private Backoff() {}

    static Duration pause(int failures) {
        Duration pause = FIRST.multipliedBy(1L << Math.clamp(failures - 1, 0, 16));
        return pause.compareTo(LAST) > 0 ? LAST : pause;
    }
}
