package dev.sluice.notifier;

import dev.sluice.events.ObjectAnnounced;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds back announcements that say again what was just said. Forgets the oldest where there are
 * very many. For one thread.
 */
final class RateLimit {

    private static final int REMEMBERED = 20_000;

    private final Duration interval;
    private final Clock clock;
    private final Map<List<String>, Instant> said = new LinkedHashMap<>();

    RateLimit(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /** Whether this may be told; then the same may not for a while. */
    boolean admits(ObjectAnnounced announced) {
        List<String> key =
                List.of(
                        announced.key(),
                        announced.message(),
                        announced.metadata().getOrDefault("originRevision", ""),
                        announced.metadata().getOrDefault("revision", ""),
                        announced.metadata().getOrDefault("token", ""));
        Instant now = clock.instant();
        Instant last = said.get(key);
        if (last != null && now.isBefore(last.plus(interval))) {
            return false;
        }
        said.remove(key);
        said.put(key, now);
        if (said.size() > REMEMBERED) {
            said.remove(said.keySet().iterator().next());
        }
        return true;
    }
}
