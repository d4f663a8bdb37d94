package dev.sluice.windows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Windows of which one that is open will do.
 *
 * @param windows at least one
 * @param holdsDrift whether drift stays while all are closed
 * @param deniesUrgency whether urgent changes wait too
 */
record WindowGroup(List<Window> windows, boolean holdsDrift, boolean deniesUrgency) {

    /** Windows that never meet are not looked at for ever. */
    private static final int LOOKS = 1000;

    WindowGroup {
        windows = List.copyOf(windows);
    }

    boolean isOpen(Instant now) {
        return windows.stream().anyMatch(w -> w.isOpen(now));
    }

    private Optional<Instant> openFrom(Instant at) {
        return isOpen(at)
                ? Optional.of(at)
                : windows.stream().flatMap(w -> w.nextOpening(at).stream()).min(Instant::compareTo);
    }

    /** The first moment from now on at which all groups are open. */
    static Optional<Instant> allOpen(List<WindowGroup> groups, Instant now) {
        Instant at = now;
        for (int look = 0; look < LOOKS; look++) {
            Instant latest = at;
            for (WindowGroup group : groups) {
                Optional<Instant> open = group.openFrom(latest);
                if (open.isEmpty()) {
                    return Optional.empty();
                }
                latest = open.get();
            }
            if (latest.equals(at)) {
                return Optional.of(at);
            }
            at = latest;
        }
        return Optional.empty();
    }
}
