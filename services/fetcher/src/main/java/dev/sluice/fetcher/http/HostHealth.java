package dev.sluice.fetcher.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a host answers. After some failures in a row nobody asks it for a while, which grows;
 * then one asks again. Only failures of the host count, not what it says.
 */
final class HostHealth {

    private static final int TOLERATED = 3;
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(60);
    private static final Duration LONGEST_WISH = Duration.ofMinutes(15);

    private final String name;
    private final Clock clock;
    private int failures;
    private @Nullable Instant since;
    private Instant restsUntil = Instant.MIN;

    HostHealth(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** Throws while the host is left alone; the first who asks after that goes alone. */
    synchronized void check() throws HostException {
        Instant now = clock.instant();
        if (now.isBefore(restsUntil)) {
            throw HostException.resting(
                    name, String.valueOf(since), Duration.between(now, restsUntil));
        }
        if (failures > TOLERATED) {
            // Until this one knows more, the others need not find out too.
            restsUntil = now.plus(FIRST_REST);
        }
    }

    /**
     * Notes that it answered.
     *
     * @return whether it had been left alone before
     */
    synchronized boolean answered() {
        boolean wasDown = failures >= TOLERATED;
        failures = 0;
        since = null;
        restsUntil = Instant.MIN;
        return wasDown;
    }

    synchronized void failed(IOException problem) {
        if (problem instanceof HostException known && known.isResting()) {
            return;
        }
        Duration wish = wish(problem);
        if (!isOfTheHost(problem) && wish.isZero()) {
            answered();
            return;
        }
        failures++;
        if (since == null) {
            since = clock.instant();
        }
        Duration rest =
                failures < TOLERATED
                        ? Duration.ZERO
                        : FIRST_REST.multipliedBy(1L << Math.min(failures - TOLERATED, 10));
        Duration bounded = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
        Duration longest = bounded.compareTo(wish) > 0 ? bounded : wish;
        restsUntil = clock.instant().plus(longest);
    }

    /** How long the host itself asked to be left alone. */
    private static Duration wish(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof ThrottledException throttled) {
                Duration wish = throttled.retryAfter();
                return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
            }
        }
        return Duration.ZERO;
    }

    private static boolean isOfTheHost(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof HostException
                    || cause instanceof ThrottledException
                    || cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof HttpTimeoutException) {
                return true;
            }
        }
        return false;
    }
}
