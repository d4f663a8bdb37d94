package dev.sluice.fetcher.webhook;

import dev.sluice.artifacts.Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The calls that were done, so that one that comes again (since its sender did not hear our answer,
 * or someone replays it) does nothing. Only calls that carry an id of their own are known again.
 */
final class DeliveryMemory {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST = 10_000;
    private static final List<String> IDS =
            List.of(
                    "x-github-delivery",
                    "x-gitlab-event-uuid",
                    "idempotency-key",
                    "x-request-uuid",
                    "x-nexus-webhook-delivery",
                    "ce-id");

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Instant> done = new LinkedHashMap<>();

    DeliveryMemory(Clock clock) {
        this.clock = clock;
    }

    /** Whether this very call was done some minutes ago. */
    boolean knows(ReceiverKey receiver, Delivery delivery) {
        String name = name(receiver, delivery);
        lock.lock();
        try {
            Instant since = done.get(name);
            return since != null && clock.instant().isBefore(since.plus(KEPT));
        } finally {
            lock.unlock();
        }
    }

    /** Notes that the call was done. */
    void note(ReceiverKey receiver, Delivery delivery) {
        String name = name(receiver, delivery);
        if (name.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            done.remove(name);
            done.put(name, clock.instant());
            if (done.size() > MOST) {
                done.remove(Objects.requireNonNull(done.keySet().iterator().next()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same id with another body is another call. */
    private static String name(ReceiverKey receiver, Delivery delivery) {
        return IDS.stream()
                .map(delivery::header)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .map(id -> receiver + " " + id + " " + Digest.of(delivery.body()).hex())
                .orElse("");
    }
}
