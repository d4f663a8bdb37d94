package dev.sluice.standalone.bench;

import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Envelope;
import dev.sluice.events.Event;
import dev.sluice.events.SourceChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long each stage took, its queue included: from the event that a stage's event follows from to
 * the event. Read from the topics, as any subscriber could; what follows may be read first.
 */
final class StageTimes {

    private record Seen(String stage, String cause, Instant time) {}

    private final Map<String, Instant> written = new HashMap<>();
    private final List<Seen> seen = new ArrayList<>();

    /** From the begin of the part to its source's artifact; a source has no cause. */
    private final List<Long> fetched = new ArrayList<>();

    private Instant from = Instant.EPOCH;

    synchronized void take(Envelope<Event> envelope) {
        written.put(envelope.id(), envelope.time());
        String stage = stage(envelope.event());
        if (envelope.event() instanceof SourceChanged && !envelope.time().isBefore(from)) {
            fetched.add(Duration.between(from, envelope.time()).toMillis());
        }
        if (stage != null) {
            seen.add(new Seen(stage, envelope.cause(), envelope.time()));
        }
    }

    /** Forgets what it has; causes before now do not count any more. */
    synchronized void begin(Instant now) {
        seen.clear();
        fetched.clear();
        from = now;
    }

    /** What follows from a cause of long ago was not waiting for a stage, and is left out. */
    synchronized Map<String, Spread> spreads() {
        Map<String, List<Long>> stages = new TreeMap<>();
        for (Seen event : seen) {
            Instant cause = written.get(event.cause());
            if (cause != null && !cause.isBefore(from)) {
                stages.computeIfAbsent(event.stage(), _ -> new ArrayList<>())
                        .add(Duration.between(cause, event.time()).toMillis());
            }
        }
        Map<String, Spread> spreads = new TreeMap<>();
        if (!fetched.isEmpty()) {
            spreads.put("0 fetch", Spread.of(fetched));
        }
        stages.forEach((stage, times) -> spreads.put(stage, Spread.of(times)));
        return spreads;
    }

    /** Numbered in the order of the road. */
    private static @Nullable String stage(Event event) {
        return switch (event) {
            case DeliveryRendered _ -> "1 render";
            case DeliveryRevealed _ -> "2 reveal";
            case DeliveryApplied _ -> "3 apply";
            default -> null;
        };
    }
}
