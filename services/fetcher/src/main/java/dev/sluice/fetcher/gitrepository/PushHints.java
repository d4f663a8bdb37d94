package dev.sluice.fetcher.gitrepository;

import dev.sluice.fetcher.source.SourceKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What webhooks said was pushed, for the next look at the repository. Only hints: what is fetched
 * is what the remote has.
 */
public final class PushHints {

    private static final Duration GOOD_FOR = Duration.ofMinutes(1);

    /**
     * A hint.
     *
     * @param ref the full reference that was moved
     * @param commit where to
     */
    record Hint(String ref, String commit, Instant at) {}

    private final Map<SourceKey, Hint> hints = new ConcurrentHashMap<>();
    private final Clock clock;

    public PushHints(Clock clock) {
        this.clock = clock;
    }

    /** Notes that a reference of the source's repository was moved to a commit. */
    public void put(SourceKey key, String ref, String commit) {
        hints.put(key, new Hint(ref, commit, clock.instant()));
    }

    /** The latest hint for the source, which is then used up. */
    Optional<Hint> take(SourceKey key) {
        return Optional.ofNullable(hints.remove(key))
                .filter(hint -> clock.instant().isBefore(hint.at().plus(GOOD_FOR)));
    }
}
