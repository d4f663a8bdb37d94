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
    private final Map<List<String>, Said> said = new LinkedHashMap<>();

    /**
     * What was told last.
     *
     * @param announcement its id
     */
    private record Said(String announcement, Instant at) {}

    RateLimit(Duration interval, Clock clock) {
        this.interval = interval;
        this.clock = clock;
    }

    /**
     * Whether this may be told; then the same may not for a while, but for this very announcement,
     * of which some may be told already when it is read again.
     */
    boolean admits(ObjectAnnounced announced, String announcement) {
        List<String> key = key(announced);
        Instant now = clock.instant();
        Said last = said.get(key);
        if (last != null
                && !last.announcement().equals(announcement)
                && now.isBefore(last.at().plus(interval))) {
            return false;
        }
        remember(key, new Said(announcement, now));
        return true;
    }

    /** Learns that this was told before, perhaps by another process. */
    void recall(ObjectAnnounced announced, String announcement, Instant at) {
        List<String> key = key(announced);
        Said last = said.get(key);
        if (clock.instant().isBefore(at.plus(interval))
                && (last == null || last.at().isBefore(at))) {
            remember(key, new Said(announcement, at));
        }
    }

    private void remember(List<String> key, Said last) {
        said.remove(key);
        said.put(key, last);
        if (said.size() > REMEMBERED) {
            said.remove(said.keySet().iterator().next());
        }
    }

    private static List<String> key(ObjectAnnounced announced) {
        return List.of(
                announced.key(),
                announced.message(),
                announced.metadata().getOrDefault("originRevision", ""),
                announced.metadata().getOrDefault("revision", ""),
                announced.metadata().getOrDefault("token", ""));
    }
}
